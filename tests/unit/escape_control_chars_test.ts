import { assertEquals } from "@std/assert";
import {
  escapeControlChars,
  firstWords,
} from "../../src/util/escape_control_chars.ts";

Deno.test("escapeControlChars() escapes control characters, and keeps the rest", () => {
  for (
    const [text, shown] of [
      ["plain\n\ttext 🥧 é", "plain\n\ttext 🥧 é"],
      ["\u001b[2Jgone", "\\u001b[2Jgone"],
      ["a\rb", "a\\u000db"],
      ["\u009b31m", "\\u009b31m"],
      ["\u202eexe", "\\u202eexe"],
      ["\u2066x\u2069", "\\u2066x\\u2069"],
      ["\ufeffx", "\\ufeffx"],
    ] as const
  ) assertEquals(escapeControlChars(text), shown);
});

Deno.test("firstWords() returns one line of at most the requested length", () => {
  assertEquals(
    firstWords("one\ntwo\r\n\tthree   four", 40),
    "one\\ntwo\\n\\tthree four",
  );
  assertEquals(firstWords("abcdef", 4), "abc…");
  assertEquals(firstWords("x".repeat(5_000_000), 50).length, 50);
});
