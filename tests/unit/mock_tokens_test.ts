import { assertEquals } from "@std/assert";
import { countTokens, tokenize } from "../../src/testing/tokenize.ts";

Deno.test("tokenize() keeps every character", () => {
  const text = "  Höhe: 12345,\n\tπ ≈ 3.14 — 😀!\ud800 end ";
  assertEquals(tokenize(text).join(""), text);
  assertEquals(tokenize(text).length, countTokens(text));
});
