import { assertEquals } from "@std/assert";
import type { Message } from "../../src/prompt.ts";
import { loadTemplate } from "../../src/request/load_template.ts";
import fc from "../support/fast_check.ts";
import {
  byTemplate,
  type Conversation,
  CONVERSATIONS,
  QUESTION,
} from "../support/gpt_oss_conversations.ts";
import {
  type HarmonyMessage,
  harmonyRenderer,
} from "../support/harmony_renderer.ts";
import { toHarmony } from "../support/to_harmony.ts";

const template = await loadTemplate("gpt-oss");
const harmony = await harmonyRenderer();

function byHarmony(
  { messages, effort, thought, answer }: Conversation,
): string {
  const conversation = toHarmony(messages, effort);
  if (thought === undefined) return harmony.renderForCompletion(conversation);
  const own = (channel: string, text: string): HarmonyMessage => ({
    role: "assistant",
    channel,
    content: [{ type: "text", text }],
  });
  conversation.push(own("analysis", thought));
  if (answer !== undefined) conversation.push(own("final", answer));
  // The last message is partial: the model writes its end.
  return harmony.render(conversation).replace(/<\|(end|return)\|>$/, "");
}

for (const [name, conversation] of Object.entries(CONVERSATIONS)) {
  const { messages, effort, prefill } = conversation;
  Deno.test(`render() renders gpt-oss prompts like openai-harmony: ${name}`, () => {
    const { text } = template.render(messages, {
      prefill,
      ...(effort === undefined ? {} : { reasoningEffort: effort }),
    });
    assertEquals(text, byHarmony(conversation));
  });
}

Deno.test("gpt-oss's template and openai-harmony differ only after the instructions", () => {
  const messages: Message[] = [{ role: "system", content: "S" }, QUESTION];
  assertEquals(
    byTemplate({ messages }),
    byHarmony({ messages }).replace("S<|end|>", "S\n\n<|end|>"),
  );
});

Deno.test("render() renders gpt-oss prompts like openai-harmony, for any text", () => {
  const texts = fc.string({ unit: "grapheme", maxLength: 40 });
  fc.assert(
    fc.property(
      fc.option(texts.filter((text) => text !== "")),
      fc.array(fc.tuple(texts, texts), { maxLength: 2 }),
      texts,
      texts,
      (system, turns, question, thought) => {
        const messages: Message[] = [
          ...(system === null
            ? []
            : [{ role: "system" as const, content: system }]),
          ...turns.flatMap(([user, assistant]): Message[] => [
            { role: "user", content: user },
            { role: "assistant", content: assistant },
          ]),
          { role: "user", content: question },
        ];
        assertEquals(
          template.render(messages, { prefill: `<think>\n${thought}` }).text,
          byHarmony({ messages, thought }),
        );
      },
    ),
  );
});
