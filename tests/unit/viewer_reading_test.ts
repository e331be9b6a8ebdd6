import { assertEquals } from "@std/assert";
import { splitSentences } from "../../src/resampling/split_sentences.ts";
import { matches } from "../../web/viewer/reading/matches.ts";
import { thoughtSentences } from "../../web/viewer/reading/sentences.ts";
import { textParts } from "../../web/viewer/reading/text_parts.ts";
import { HOSTILE_TEXTS } from "../support/hostile_texts.ts";
import fc from "../support/fast_check.ts";

/** The parts of a text that are not plain, in short. */
function special(text: string): string[] {
  return textParts(text).filter(({ kind }) => kind !== "text")
    .map(({ kind, isBlock, language, source }) =>
      `${kind}${isBlock ? " block" : ""} ${language}: ${source}`
    );
}

Deno.test("textParts() finds LaTeX and code by their delimiters, and money is neither", () => {
  assertEquals(special("It costs $5 or $6, so $x_1 = 5$, \\(y\\) and $$z$$."), [
    "math : x_1 = 5",
    "math : y",
    "math block : z",
  ]);
  assertEquals(
    special("See `a $b$`:\n```python\nprint(1)\n```\n\\[\n1\n\\]\n"),
    ["code : a $b$", "code block python: print(1)", "math block : \n1\n"],
  );
  const matrix = "\\begin{pmatrix}1 & 2\\end{pmatrix}";
  assertEquals(special(`A ${matrix}`), [`math block : ${matrix}`]);
  assertEquals(special("| a | $b$ |\n"), []);
});

Deno.test("textParts() finds a box without a delimiter, unless it is not closed", () => {
  assertEquals(special("**Answer:** \\boxed{\\frac{1}{2}}."), [
    "math : \\boxed{\\frac{1}{2}}",
  ]);
  assertEquals(special("\\boxed{1 and $x$"), ["math : x"]);
  assertEquals(special("\\boxed{\\{}\\} \\boxed{2}"), [
    "math : \\boxed{\\{}",
    "math : \\boxed{2}",
  ]);
});

Deno.test("textParts() loses no character of any text", () => {
  const piece = fc.constantFrom(
    ...[
      "$",
      "$$",
      "`",
      "```",
      "\n",
      "\\[",
      "\\]",
      "\\boxed{",
      "}",
      "{",
      " a",
      "\\",
    ],
    ...HOSTILE_TEXTS.slice(0, 4),
  );
  fc.assert(fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
    const text = pieces.join("");
    const parts = textParts(text);
    const joined = parts.map(({ start, end }) => text.slice(start, end));
    assertEquals(joined.join(""), text);
  }));
});

Deno.test("matches() returns the places of all words of a query, and joins those that overlap", () => {
  const text = "One two. Two ones, and one two three.";
  const found = (query: string) =>
    matches(text, query).map(([from, to]) => text.slice(from, to));
  assertEquals(found('"one two" two'), ["One two", "Two", "one two"]);
  assertEquals(found(""), []);
  assertEquals(found("four"), []);
});

Deno.test("thoughtSentences() numbers the sentences of the resampling, with their matches and prefill", () => {
  const thought = "First one.\n\nThen two. Wait, one.";
  const given = "First one.\n\nThen".length;
  const hits = matches(thought, '"one"');
  const sentences = thoughtSentences(thought, given, hits);
  assertEquals(
    sentences.map(({ text, startsParagraph, given, hits, firstHit }) => [
      text,
      startsParagraph,
      text.slice(0, given),
      hits.map(([from, to]) => text.slice(from, to)),
      firstHit,
    ]),
    [
      ["First one.", false, "First one.", ["one"], 0],
      ["Then two.", true, "Then", [], 1],
      ["Wait, one.", false, "", ["one"], 1],
    ],
  );
  assertEquals(splitSentences(thought).length, sentences.length);
});
