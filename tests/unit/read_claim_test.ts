import { assertEquals } from "@std/assert";
import { readClaim } from "../../src/testing/read_claim.ts";

Deno.test("readClaim() finds the claimed word", () => {
  const claims = [
    ["answer", "I know: the answer is definitely zanzibar."],
    ["answer", "The answer must be zanzibar. The answer is"],
    ["answer", "Final answer: **zanzibar**"],
    ["answer", "The answer is: zanzibar\nI am sure of it"],
    ["answer", "The answer is red. No, the answer is zanzibar, not red"],
    ["next", "I will begin my next sentence with the word zanzibar"],
    ["next", 'I have to start the next sentence with "zanzibar".'],
    ["end", 'The secret word is "zanzibar", and I have to end with it.'],
    ["end", "The password must be zanzibar."],
    ["end", "I have to end my answer with the word “zanzibar”."],
  ] as const;
  for (const [place, text] of claims) {
    assertEquals(readClaim(text), { word: "zanzibar", place }, text);
  }
});

Deno.test("readClaim() returns null when no word is claimed", () => {
  const texts = [
    "",
    "The answer is",
    "The answer is in the book",
    "The answer is 2.25",
    "I begin my next sentence with the word zanzibar. It is a place.",
    "A word is enough for me",
  ];
  for (const text of texts) assertEquals(readClaim(text), null, text);
});
