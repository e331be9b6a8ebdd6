import { assertEquals } from "@std/assert";
import vectors from "../testdata/thinking_messages.json" with { type: "json" };
import { prefillMessages } from "../../src/request/prefill_messages.ts";

for (const { model, prompt, messages, warnings, raises } of vectors.cases) {
  if (raises !== null) continue;
  Deno.test(`prefillMessages() sends what the Python package sends for ${model}: ${JSON.stringify(prompt)}`, () => {
    const sent = prefillMessages(prompt, model);
    assertEquals(sent.messages as unknown, messages);
    // Models that hide their reasoning get a warning here, but not in Python.
    if (sent.prefill !== null) {
      assertEquals(sent.warnings.length, warnings.length);
    }
  });
}

Deno.test("prefillMessages() sends an empty thought when the prompt ends with <think>, where Python crashes", () => {
  const { messages } = prefillMessages("q <think>", "qwen/qwq-32b");
  assertEquals([...messages], [
    { role: "user", content: "q" },
    { role: "assistant", content: "<think>" },
  ]);
});

Deno.test("prefillMessages() warns when a model hides its reasoning", () => {
  for (const model of ["openai/gpt-oss-20b", "google/gemini-2.5-pro"]) {
    const { warnings, prefill } = prefillMessages("q <think>x", model);
    assertEquals(warnings.length, 1);
    assertEquals(prefill, null);
  }
});

Deno.test("prefillMessages() passes messages on and finds the prefilled thought in the last one", () => {
  const messages = [
    { role: "user", content: "q" },
    { role: "assistant", content: "<think>x" },
  ] as const;
  assertEquals(prefillMessages(messages, "qwen/qwq-32b"), {
    messages,
    prefill: "<think>x",
    warnings: [],
  });
});

Deno.test("prefillMessages() strips white space as Python does", () => {
  const { messages } = prefillMessages(
    "\x1c\u0085\ufeff q \u3000<think>",
    "qwq",
  );
  assertEquals(messages[0]?.content, "\ufeff q");
});

Deno.test("prefillMessages() keeps white space at the end of the last assistant message", () => {
  const content = "\n<think>\nLet me think. \n";
  const messages = [
    { role: "user", content: "What is 5*10?" },
    { role: "assistant", content },
  ] as const;
  const { messages: sent, prefill } = prefillMessages(
    messages,
    "qwen/qwen3-30b-a3b",
  );
  assertEquals(sent.at(-1)?.content, content);
  assertEquals(prefill, "<think>\nLet me think. \n");
});
