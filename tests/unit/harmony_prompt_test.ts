import { Template } from "@huggingface/jinja";
import { assertEquals, assertThrows } from "@std/assert";
import fc from "npm:fast-check@4.10.2";
import type { Message } from "../../src/prompt.ts";
import { GPT_OSS_DATE, loadTemplate } from "../../src/request/load_template.ts";
import { gptOssTemplate } from "../../src/request/templates/gpt_oss_template.ts";
import {
  type HarmonyMessage,
  harmonyRenderer,
} from "../support/harmony_renderer.ts";
import { toHarmony } from "../support/to_harmony.ts";

const template = await loadTemplate("gpt-oss");
const harmony = await harmonyRenderer();

const QUESTION: Message = { role: "user", content: "What is 5*10?" };
const TURNS: Message[] = [
  { role: "user", content: "What is 2+2?" },
  { role: "assistant", content: "4" },
  QUESTION,
];

interface Conversation {
  readonly messages: readonly Message[];
  readonly effort?: string;
  readonly prefill?: string;
  /** The prefill's thought and answer, as harmony is to have them. */
  readonly thought?: string;
  readonly answer?: string;
}

const CONVERSATIONS: Readonly<Record<string, Conversation>> = {
  "a question": { messages: [QUESTION] },
  "low effort": { messages: [QUESTION], effort: "low" },
  "medium effort": { messages: [QUESTION], effort: "medium" },
  "high effort": { messages: [QUESTION], effort: "high" },
  "a system message": {
    messages: [{ role: "system", content: "Be brief." }, QUESTION],
  },
  "a system message that ends with newlines": {
    messages: [{ role: "system", content: "Be brief.\n\n" }, QUESTION],
  },
  "several turns": { messages: TURNS },
  "Unicode": {
    messages: [
      { role: "system", content: "Réponds en français. 🦊" },
      { role: "user", content: "  5 × 10 = ? \t日本語\r\n𝒳 \u0301" },
    ],
  },
  "empty text": { messages: [{ role: "user", content: "" }] },
  "a partial thought": {
    messages: [QUESTION],
    prefill: "<think>\n5*1",
    thought: "5*1",
  },
  "a partial thought without a newline": {
    messages: [QUESTION],
    prefill: "<think>5*1",
    thought: "5*1",
  },
  "a partial thought with spaces around it": {
    messages: [QUESTION],
    prefill: "<think>\n\n 5*1 \n",
    thought: "\n 5*1 \n",
  },
  "a partial thought with system message, turns and effort": {
    messages: [{ role: "system", content: "S" }, ...TURNS],
    effort: "high",
    prefill: "<think>\nПять раз 🖐",
    thought: "Пять раз 🖐",
  },
  "a thought that is empty": {
    messages: [QUESTION],
    prefill: "<think>\n",
    thought: "",
  },
  "a closed thought": {
    messages: [QUESTION],
    prefill: "<think>\n5*10=50\n</think>\n\n",
    thought: "5*10=50",
    answer: "",
  },
  "a closed thought and a partial answer": {
    messages: TURNS,
    prefill: "<think>5*10=50</think>The ans",
    thought: "5*10=50",
    answer: "The ans",
  },
};

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
  // The last message is partial: what ends it is the model's to write.
  return harmony.render(conversation).replace(/<\|(end|return)\|>$/, "");
}

function byTemplate({ messages, effort }: Conversation): string {
  return new Template(gptOssTemplate.text).render({
    messages: messages.map(({ role, content }) => ({ role, content })),
    add_generation_prompt: true,
    ...(effort === undefined ? {} : { reasoning_effort: effort }),
  }).replace(/(?<=Current date: )[\d-]+/, GPT_OSS_DATE);
}

for (const [name, conversation] of Object.entries(CONVERSATIONS)) {
  const { messages, effort, prefill } = conversation;
  const options = {
    prefill,
    ...(effort === undefined ? {} : { reasoningEffort: effort }),
  };

  Deno.test(`render() writes for gpt-oss what openai-harmony does: ${name}`, () => {
    assertEquals(
      template.render(messages, options).text,
      byHarmony(conversation),
    );
  });

  Deno.test(`render() writes for gpt-oss what its own template does: ${name}`, () => {
    const { text } = template.render(messages, options);
    // The template's two newlines behind instructions are not harmony's: see the next test.
    const own = byTemplate(conversation).replace(
      /(<\|start\|>developer<\|message\|>.*?)\n\n<\|end\|>/s,
      "$1<|end|>",
    );
    assertEquals(text.slice(0, own.length), own);
    if (prefill === undefined) assertEquals(text, own);
  });
}

Deno.test("gpt-oss's template and openai-harmony differ only behind the instructions", () => {
  const messages: Message[] = [{ role: "system", content: "S" }, QUESTION];
  assertEquals(
    byTemplate({ messages }),
    byHarmony({ messages }).replace("S<|end|>", "S\n\n<|end|>"),
  );
});

Deno.test("render() writes for gpt-oss what openai-harmony does, whatever the texts", () => {
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
    { numRuns: 200 },
  );
});

Deno.test("render() leaves thoughts of earlier turns out for gpt-oss", () => {
  const thinking = TURNS.map((message) =>
    message.role === "assistant"
      ? { ...message, content: "<think>\n2+2\n</think>\n\n4" }
      : message
  );
  assertEquals(template.render(thinking).text, template.render(TURNS).text);
});

Deno.test("render() goes on with an answer for gpt-oss when the last message is one", () => {
  const { text, prefill } = template.render([
    QUESTION,
    { role: "assistant", content: "It is" },
  ]);
  assertEquals(
    text.slice(text.lastIndexOf("<|start|>")),
    "<|start|>assistant<|channel|>final<|message|>It is",
  );
  assertEquals(prefill, "<think></think>It is");
});

Deno.test("render() refuses what gpt-oss's template would drop or refuses itself", () => {
  assertThrows(
    () => template.render([QUESTION, { role: "system", content: "S" }]),
    TypeError,
    "messages[1]: this model's template has a place for one system message, the first",
  );
  assertThrows(
    () => template.render([QUESTION], { reasoningEffort: "xhigh" }),
    TypeError,
    "reasoningEffort must be low, medium, high, got xhigh",
  );
  const error = assertThrows(
    () =>
      template.render([
        QUESTION,
        { role: "assistant", content: "<|channel|>final<|message|>50" },
        QUESTION,
      ]),
    TypeError,
    "the chat template gpt-oss cannot hold these messages",
  );
  assertEquals(error.cause instanceof Error, true);
});
