import { assertEquals, assertThrows } from "@std/assert";
import { loadTemplate } from "../../src/request/load_template.ts";
import {
  byTemplate,
  CONVERSATIONS,
  QUESTION,
  TURNS,
} from "../support/gpt_oss_conversations.ts";

const template = await loadTemplate("gpt-oss");

for (const [name, conversation] of Object.entries(CONVERSATIONS)) {
  const { messages, effort, prefill } = conversation;
  Deno.test(`render() renders gpt-oss prompts like its own template: ${name}`, () => {
    const { text } = template.render(messages, {
      prefill,
      ...(effort === undefined ? {} : { reasoningEffort: effort }),
    });
    // The template writes two newlines after instructions, unlike harmony: see
    // harmony_prompt_test.ts.
    const own = byTemplate(conversation).replace(
      /(<\|start\|>developer<\|message\|>.*?)\n\n<\|end\|>/s,
      "$1<|end|>",
    );
    assertEquals(text.slice(0, own.length), own);
    if (prefill === undefined) assertEquals(text, own);
  });
}

Deno.test("render() omits reasoning of earlier turns for gpt-oss", () => {
  const thinking = TURNS.map((message) =>
    message.role === "assistant"
      ? { ...message, content: "<think>\n2+2\n</think>\n\n4" }
      : message
  );
  assertEquals(template.render(thinking).text, template.render(TURNS).text);
});

Deno.test("render() continues an answer for gpt-oss if the last message is an answer", () => {
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

Deno.test("render() rejects what gpt-oss's template would drop or reject", () => {
  assertThrows(
    () => template.render([QUESTION, { role: "system", content: "S" }]),
    TypeError,
    "messages[1]: this model's template supports only one system message, the first",
  );
  assertThrows(
    () => template.render([QUESTION], { reasoningEffort: "xhigh" }),
    TypeError,
    "reasoningEffort must be one of low, medium, high, got xhigh",
  );
  const error = assertThrows(
    () =>
      template.render([
        QUESTION,
        { role: "assistant", content: "<|channel|>final<|message|>50" },
        QUESTION,
      ]),
    TypeError,
    "the chat template gpt-oss rejects these messages",
  );
  assertEquals(error.cause instanceof Error, true);
});
