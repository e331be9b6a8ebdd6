import { assertEquals } from "@std/assert";
import type { Prompt } from "../../mod.ts";
import { askedText } from "../../src/viewer/prompt_text.ts";

const MESSAGES: Prompt = [
  { role: "system", content: "Be brief." },
  {
    role: "user",
    content: [{ type: "text", text: "What is" }, { type: "image_url" }],
  },
  { role: "assistant", content: "<think>\nTwo" },
];

Deno.test("askedText() omits what says little about the question", () => {
  assertEquals(askedText(MESSAGES, "<think>\nTwo"), "What is\n[image_url]");
  assertEquals(askedText("2+2?\n<think>\nTwo", "<think>\nTwo"), "2+2?");
  assertEquals(askedText("a <think> b", null), "a <think> b");
  assertEquals(
    askedText([{ role: "system", content: "Be brief." }], null),
    "Be brief.",
  );
});
