import { assertEquals } from "@std/assert";
import { redactText } from "../../src/completion/redact_key.ts";

function redacted(text: string, key: string): string {
  return redactText(text, { Authorization: `Bearer ${key}` });
}

Deno.test("redactText() keeps words that contain a short key", () => {
  assertEquals(redacted("as many as any", "any"), "as many as any");
  assertEquals(
    redacted("sk-test, sk-testing, my-sk-test", "sk-test"),
    "[key], sk-testing, my-sk-test",
  );
});

Deno.test("redactText() replaces a whole key between other characters", () => {
  for (const [before, after] of [["'", "'"], ["key=", "."], ["(", ")"]]) {
    assertEquals(
      redacted(`${before}a+b.c$d${after}`, "a+b.c$d"),
      `${before}[key]${after}`,
    );
  }
});

Deno.test("redactText() replaces a long key anywhere, even within a word", () => {
  const key = "sk-or-v1-0123456789abcdef";
  assertEquals(redacted(`xx${key}yy`, key), "xx[key]yy");
});
