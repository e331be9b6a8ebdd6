import { assertEquals } from "@std/assert";
import { indexedText, searchWords } from "../../src/viewer/search_words.ts";
import fc from "../support/fast_check.ts";

function terms(text: string): string[] {
  return Array.from(searchWords(text), ({ term }) => term);
}

Deno.test("searchWords() folds case and accents, and splits unspaced scripts into letters", () => {
  assertEquals(terms("ΟΔΟΣ, Naïve_x^2 don't"), [
    "οδοσ",
    "naive",
    "x",
    "2",
    "don",
    "t",
  ]);
  assertEquals(terms("数学の"), ["数", "学", "の"]);
  assertEquals(terms("กินข้าว"), ["กิ", "น", "ข้", "า", "ว"]);
  assertEquals(terms("a数b"), ["a", "数", "b"]);
  assertEquals(terms("𝑥 ﬁ Ⅻ"), ["x", "fi", "xii"]);
});

Deno.test("searchWords() finds no words in text without letters", () => {
  assertEquals(terms("\0\u001b[\u202e \ud800 \ufffd — 😀 \u0301"), []);
});

Deno.test("searchWords() returns the positions of words in the original text", () => {
  // All words of a folded character have the position of that character.
  const examples: [string][] = [["a \u0e33"]];
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      let at = 0;
      const words = Map.groupBy(searchWords(text), ({ start }) => start);
      for (const [start, here] of words) {
        const { end } = here[0]!;
        assertEquals(start >= at && end > start && end <= text.length, true);
        assertEquals(
          here,
          terms(text.slice(start, end)).map((term) => ({ term, start, end })),
        );
        at = end;
      }
    }),
    { examples },
  );
});

Deno.test("searchWords() and indexedText() handle megabytes without white space", () => {
  for (const letter of ["a", "é", "\u0301", "a\u0301"]) {
    const text = letter.repeat(300_000);
    assertEquals(terms(text).length, letter === "\u0301" ? 0 : 1);
    indexedText(text);
  }
  assertEquals(terms("数".repeat(300_000)).length, 300_000);
});

Deno.test("indexedText() has the words of the text, and the same length for ASCII", () => {
  // Found with arbitrary texts: the numeral is folded to a character of a script without spaces,
  // and the vowel to two such characters.
  const examples: [string][] = [["ꀀ㊀"], ["\u0e33"]];
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      assertEquals(terms(indexedText(text)), terms(text));
    }),
    { examples },
  );
  fc.assert(fc.property(fc.string({ unit: "binary-ascii" }), (text) => {
    assertEquals(indexedText(text), text);
  }));
});
