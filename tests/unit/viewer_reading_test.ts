import { assertEquals } from "@std/assert";
import type { TokenLogprob } from "../../src/logprobs.ts";
import { placed } from "../../src/read_logprobs.ts";
import { splitSentences } from "../../src/resampling/split_sentences.ts";
import { matches } from "../../web/viewer/reading/matches.ts";
import { thoughtSentences } from "../../web/viewer/reading/sentences.ts";
import {
  shadedChunks,
  shadeOf,
} from "../../web/viewer/reading/shaded_chunks.ts";
import { textParts } from "../../web/viewer/reading/text_parts.ts";
import { HOSTILE_TEXTS } from "../support/hostile_texts.ts";
import fc from "../support/fast_check.ts";

/** The parts of a text that are not plain, in short. */
function special(text: string): string[] {
  return textParts(text).filter(({ kind }) =>
    kind === "math" || kind === "code"
  )
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

Deno.test("textParts() finds bold text and headings, whose delimiters are not shown", () => {
  const shown = (text: string) =>
    textParts(text).filter(({ kind }) => kind !== "delimiter")
      .map(({ isStrong, source }) => isStrong ? `<${source}>` : source)
      .join("");
  assertEquals(
    [
      "**Answer:** 5, and **b**",
      "**Answer: \\boxed{19}**",
      "## A title\nText",
      "a ** b ** c, 2**3**4, (x)**2 + y**2, **, ****",
      "**open\nclosed**",
      "`**code**`, $2**3$ and 3**2",
      "# a comment",
    ].map(shown),
    [
      "<Answer:> 5, and <b>",
      "<Answer: ><\\boxed{19}>",
      "<A title>\nText",
      "a ** b ** c, 2**3**4, (x)**2 + y**2, **, ****",
      "**open\nclosed**",
      "**code**, 2**3 and 3**2",
      "# a comment",
    ],
  );
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
      "**",
      "\n## ",
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

/** The tokens of a text, as those of an answer that ends with a token outside of the text. */
function tokensOf(texts: readonly string[], text: string): TokenLogprob[] {
  const all = [...texts, "<|end|>"];
  return placed(
    all.map((text) => ({ text, logprob: -1, bytes: null, top: [] })),
    text,
  );
}

Deno.test("shadedChunks() splits a text into its tokens, and marks what no token covers as unknown", () => {
  const found = (tokens: TokenLogprob[]) =>
    shadedChunks("So it is.", tokens).flat()
      .map((token) => [token.text, shadeOf(token)]);
  assertEquals(found(tokensOf(["\n\nSo", " it", " is", "."], "So it is.")), [
    ["So", null],
    [" it", 2],
    [" is", 2],
    [".", 2],
  ]);
  assertEquals(found(tokensOf(["Other"], "So it is.")), [["So it is.", null]]);
  const token = { text: "", top: [] };
  assertEquals(
    [null, 0, -0.49, -0.5, -3.9, -4, -100].map((logprob) =>
      shadeOf({ ...token, logprob })
    ),
    [null, 0, 0, 1, 3, 4, 4],
  );
});

Deno.test("shadedChunks() keeps the text and limits chunks, which begin at lines or words", () => {
  const sizes = (texts: readonly string[]) => {
    const text = texts.join("");
    const chunks = shadedChunks(text, tokensOf(texts, text));
    assertEquals(chunks.flat().map(({ text }) => text), texts);
    return chunks.map(({ length }) => length);
  };
  const lines = Array.from({ length: 250 }, (_, i) => i % 9 === 0 ? "\n" : "a");
  assertEquals(sizes(lines), [100, 108, 42]);
  assertEquals(sizes(Array<string>(700).fill(" a")), [300, 300, 100]);
  assertEquals(sizes(Array<string>(700).fill("a")), [600, 100]);
  for (const hostile of HOSTILE_TEXTS) sizes([...hostile]);
});
