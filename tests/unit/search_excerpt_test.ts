import { assertEquals } from "@std/assert";
import { findTerms, haveTerms } from "../../src/viewer/find_terms.ts";
import { parseQuery } from "../../src/viewer/parse_query.ts";
import { searchExcerpt } from "../../src/viewer/search_excerpt.ts";
import fc from "../support/fast_check.ts";

Deno.test("parseQuery() reads words, phrases, and a last word that may be incomplete", () => {
  assertEquals(parseQuery('Wait "carry the one" x^2 fra'), [
    { words: ["wait"], isPrefix: false },
    { words: ["carry", "the", "one"], isPrefix: false },
    { words: ["x", "2"], isPrefix: false },
    { words: ["fra"], isPrefix: true },
  ]);
  assertEquals(parseQuery('"open end'), [
    { words: ["open", "end"], isPrefix: true },
  ]);
  assertEquals(parseQuery('"closed"'), [
    { words: ["closed"], isPrefix: false },
  ]);
  assertEquals(parseQuery("a x"), [
    { words: ["a"], isPrefix: false },
    { words: ["x"], isPrefix: false },
  ]);
  assertEquals(parseQuery('  + "" — " '), []);
});

Deno.test("haveTerms() requires each term in one of the texts, and does not match an empty query", () => {
  const texts = ["Let me carry the one.", "It is 62."];
  for (
    const [query, isThere] of [
      ["one 62", true],
      ['"carry the one"', true],
      ['"one it"', false],
      ["car", true],
      ["car one", false],
      ["CARRY thé o", false],
      ["CARRY thé on", true],
      ["", false],
    ] as const
  ) {
    assertEquals(haveTerms(texts, parseQuery(query)), isThere, query);
  }
});

Deno.test("findTerms() finds every occurrence of a phrase, even overlapping ones", () => {
  const places = [...findTerms("a b a b a", parseQuery('"a b a" b'))];
  assertEquals(places, [
    { index: 1, start: 2, end: 3 },
    { index: 0, start: 0, end: 5 },
    { index: 1, start: 6, end: 7 },
    { index: 0, start: 4, end: 9 },
  ]);
});

Deno.test("searchExcerpt() returns one line around the first term", () => {
  const text = `${"word ".repeat(40)}\n\n the\tanswer ${"more ".repeat(100)}`;
  const { excerpt, marks } = searchExcerpt(text, parseQuery('"the answer"'))!;
  assertEquals(marks.map(([start, end]) => excerpt.slice(start, end)), [
    "the answer",
  ]);
  assertEquals([excerpt.at(0), excerpt.at(-1)], ["…", "…"]);
  assertEquals(/\s\s|[\n\t]/.test(excerpt), false);
  assertEquals(searchExcerpt(text, parseQuery("absent")), null);
  assertEquals(searchExcerpt("The end", parseQuery("end")), {
    excerpt: "The end",
    marks: [[4, 7]],
  });
});

Deno.test("searchExcerpt() splits no character, and marks the matches, in any text", () => {
  const unit = fc.constantFrom("a", "b", " ", "\n", "😀", "數", "é", "-", "ab");
  fc.assert(fc.property(
    fc.string({ unit, maxLength: 900 }),
    fc.string({ unit, maxLength: 6 }),
    (text, query) => {
      const terms = parseQuery(query);
      const found = searchExcerpt(text, terms);
      const isThere = !findTerms(text, terms).next().done;
      assertEquals(found !== null, isThere);
      if (found === null) return;
      assertEquals(found.excerpt.isWellFormed(), true);
      let at = 0;
      for (const [start, end] of found.marks) {
        assertEquals(start >= at && end > start, true);
        assertEquals(end <= found.excerpt.length, true);
        at = end;
      }
    },
  ));
});
