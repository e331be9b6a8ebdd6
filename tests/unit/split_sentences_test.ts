import { assert, assertEquals } from "@std/assert";
import { splitSentences } from "../../src/resampling/split_sentences.ts";
import fc from "../support/fast_check.ts";
import { thoughts } from "../support/thoughts.ts";

/** Each case is the list of sentences that their joined text should be split into. */
function check(cases: readonly (readonly string[])[]): void {
  for (const sentences of cases) {
    assertEquals(splitSentences(sentences.join("")), sentences);
  }
}

Deno.test("splitSentences() splits at punctuation before white space", () => {
  check([
    [],
    ["One"],
    ["One."],
    ["  One. "],
    [" \n\t "],
    ["One.", " Two.", "  Three"],
    ["One.", " Two.\n\n"],
    ["Is it?", " It is!", " Good."],
    ["What?!", " Really?!", " Yes."],
    ["Hmm.", " Wait, no.", " Ok.", " So 5."],
    ["Hmm...", " Wait.", " No"],
    ["Hmm... wait, so it goes on."],
    ["Let me think…", " The sum is 5."],
    ["So it is … and then 5."],
    ["1 + 2 + ... + n is a sum.", " Add."],
    ["Then a_1, a_2, ..., a_n.", " All are even."],
    ["x equals five.", " so y is six."],
    ["So it's 10!", " Great."],
    ["Then 5! is 120, and n! > 2.", " Done."],
    ["5! = 120.", " 3! + 2 = 8."],
    ["Wait!", " no, that is wrong."],
    ["one.two.three goes on.", " End"],
  ]);
});

Deno.test("splitSentences() keeps numbers, names, and abbreviations whole", () => {
  check([
    ["Pi is 3.14.", " Roughly 3.1."],
    ["It costs 1,234.56 a day.", " Much."],
    ["The answer is 5.", " Then 6.", " 7 is odd."],
    ["Use primes, e.g. 7, i.e. odd ones.", " Then stop."],
    ["Dr. Smith and Mr. T. Jones met Prof. Li.", " They spoke."],
    ["See Fig. 2 and Eq. (3) in Sec. 4.", " Fine."],
    ["It is 5 vs. 6, cf. Table 1.", " Ok."],
    ["We have cats, dogs, etc. in it.", " Next."],
    ["We have cats, dogs, etc.", " Next."],
    ["Take No. 5 first.", " No.", " Take it last."],
    ["At 5 p.m. he left.", " At 6 a.m.", " He came."],
    ["The U.S. Army came to the U.S.", " The war began."],
    ["George B. Dantzig wrote it.", " Then J. F. Kennedy."],
    ["Call it point A.", " Next is B.", " Double it."],
    ["So option B.", " Double-check it."],
    ["Acme Inc. is small.", " Bigger is Foo Corp.", " It grew."],
    ["Open main.py and foo.test.ts.", " Run them."],
    [
      "Node.js is at https://a.org/b.c?d=e.f!",
      " Then go.",
    ],
    ["See https://example.com/a.html.", " It helps."],
    ["Version 1.2.3 of v2.0 works.", " Ok."],
  ]);
});

Deno.test("splitSentences() keeps closing quotes and brackets with their sentence", () => {
  check([
    ['He said "No."', " Then he left."],
    ['"Really?" he asked.', " Yes."],
    ["(It is even.)", " So halve it."],
    ["(It is even.) and so on.", " Halve it."],
    ["It is even (see 3.).", " Halve it."],
    ["**Step one.**", " Compute."],
    ["*Note.*", " This is `x.`", " Ok."],
    ["“Yes.”", " ‘No.’", " Maybe."],
    ["«Oui. »", " Non."],
    ["Why [1.]?", " So."],
  ]);
});

Deno.test("splitSentences() splits at line breaks, and keeps a list number with its item", () => {
  check([
    ["Plan", "\nadd five", "\nstop"],
    ["A.", "\r\nB.", "\r\n\r\nC."],
    ["1. Add.", "\n2. Subtract.", "\n10. Stop."],
    ["- One.", "\n- Two.", "\n* Three"],
    ["1) First.", "\n(a) Second.", "\n(b). Third."],
    ["a. First", "\nb. Second", "\niv. Third"],
    ["**1.** Add.", "\n**2.** Stop."],
    ["### 1. Add it", "\n#### 2.1. Stop"],
    ["Step 1. Add.", "\nStep 2. Stop."],
    ["1.\nAdd.", "\n2.\nStop."],
    ["Options: 1. this or that.", " Ok."],
    ["| a. b | c |", "\n|---|---|\n| d | e |"],
    ["Above", "\n---\nBelow"],
    ["Is it 5*10?", " 50.", " So yes."],
    ["{\n  a: 1", "\n}\nEnd"],
    ["The end\n\n---\n"],
  ]);
});

Deno.test("splitSentences() keeps LaTeX and code whole", () => {
  check([
    ["So $a. B$ is it.", " Then $c$."],
    ["So $x = 5.$", " Then stop."],
    ["Pay $5.", " Then pay $6.", " Done."],
    ["Pay $5 or $6.", " Both ($7.", " Or $8) do."],
    ["We have", "\n\\[ a = b. \nC = d. \\]", "\nThus."],
    ["Then \\( a. B \\) holds.", " So \\(c\\)."],
    ["It is \\boxed{3.5}.", " Check: \\boxed{3}."],
    ["$$\na. \nB\n$$", "\nNow"],
    ["\\begin{align}\na &= b. \\\\\nC &= d.\n\\end{align}", "\nNow."],
    [
      "Code:",
      "\n```python\nx = 1. # One. Two.\n\nprint(x)\n```",
      "\nIt prints.",
    ],
    ["~~~\na. B\n```\nc. D\n~~~", "\nOk."],
    ["Call `a. B` twice.", " Then ``c ` D. E``.", " Ok"],
    ["A `lone.", " Tick", "\nis no code.", " Nor is $ one.", " Yes"],
    ["```js", "\nfoo.", " bar()"],
    ["\\$5.", " And \\\\[2pt] more.", " So"],
    ["An open \\( is none.", " Nor \\[ one."],
  ]);
});

Deno.test("splitSentences() supports the punctuation of other languages", () => {
  check([
    ["所以答案是五十。", "等等，真的吗？", "对！", "好"],
    ["他说：“好。”", "然后他走了。", "“好吗？”他问。"],
    ["价格是 3.5 元。", "对吗?", "我们再算。"],
    ["好。", "**重要。**", '然后"对。"', "完"],
    ["嗯……让我想想。", "5！=120。"],
    ["答えは五十です。", "「本当？」と聞いた。", "はい！"],
    ["उत्तर पचास है।", " रुको, सच में?", " हाँ॥", " ठीक"],
    ["الجواب خمسون.", " هل هذا صحيح؟", " نعم!"],
    ["جواب پچاس ہے۔", " کیا یہ درست ہے؟"],
    ["Das ist z. B. gut, d. h. bzw. ca. 5.", " Ja."],
    ["Am 3. Oktober war es.", " „Ist das so?“, fragte er.", " „Ja.“", " Gut."],
    ["C’est bon.", " « Oui ! »", " Non ?", " Si."],
    ["¿Es cinco?", " ¡Sí!", " El Sr. López dijo que no.", " Ya."],
    ["Ответ 50.", " Правда?", " Да, т.е. пятьдесят."],
    ["답은 50입니다.", " 맞나요?", " 네."],
    ["Η απάντηση είναι 50.", " Ναι."],
    ["Great!", " 🎉 So it is.", " 👩‍👩‍👧 Done!"],
  ]);
});

Deno.test("splitSentences() splits chains of thought as models write them", () => {
  for (const [model, sentences] of Object.entries(thoughts)) {
    assertEquals(splitSentences(sentences.join("")), sentences, model);
  }
});

const piece = fc.constantFrom(
  ...". ! ? … 。 ？ । ؟ , ; : ( ) [ ] { } \" ” » “ ' * _ ` ``` ~~~ $ $$ \\( \\) \\[ \\] \\"
    .split(" "),
  ...[
    "\\begin{a}",
    "\\end{a}",
    "e.g.",
    "Dr.",
    "1.",
    "3.14",
    "5!",
    "No.",
    "A",
    "b",
    "Then",
    "的",
    "é",
  ],
  ...[
    " ",
    " ",
    " ",
    "\n",
    "\r\n",
    "\n\n",
    "\t",
    "\u00a0",
    "\u3000",
    "\ufe0f",
    "\u0301",
    "\u200d",
    "👩",
    "\u0600",
  ],
);
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) =>
    String.fromCharCode(...units)
  ),
  fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join("")),
);

Deno.test("splitSentences() preserves any text, and returns no empty sentence", () => {
  fc.assert(
    fc.property(text, (input) => {
      const sentences = splitSentences(input);
      assertEquals(sentences.join(""), input);
      assert(!sentences.includes(""));
    }),
  );
});

Deno.test("splitSentences() returns no inner sentence that ends with white space or has no letter", () => {
  fc.assert(
    fc.property(text, (input) => {
      const sentences = splitSentences(input);
      for (const sentence of sentences.slice(0, -1)) {
        assert(/\S$/.test(sentence), JSON.stringify(sentences));
      }
      if (sentences.length < 2) return;
      for (const sentence of sentences) {
        assert(/[\p{L}\p{N}]/u.test(sentence), JSON.stringify(sentences));
      }
    }),
  );
});

Deno.test("splitSentences() splits no grapheme", () => {
  const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
  fc.assert(
    fc.property(text, (input) => {
      const starts = new Set(
        [...graphemes.segment(input)].map(({ index }) => index),
      );
      let place = 0;
      for (const sentence of splitSentences(input)) {
        assert(starts.has(place), JSON.stringify([input, place]));
        place += sentence.length;
      }
    }),
  );
});

Deno.test("splitSentences() is fast for long runs of brackets, punctuation, or white space", () => {
  const units = [
    "\\( ",
    "$ a",
    "\\begin{a} ",
    "```js\n",
    "` ``",
    "\n",
    " ",
    ". ",
    ".)",
    " »",
    "«. ",
    "[1.",
    "$5 ",
    "1.\n",
    "9",
    "的。",
  ];
  for (const unit of units) {
    const long = unit.repeat(200_000 / unit.length);
    assertEquals(splitSentences(long).join("").length, long.length);
  }
});
