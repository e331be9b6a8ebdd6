import { assertEquals } from "@std/assert";
import {
  isContinuation,
  PREFILL_OUTCOMES,
  type PrefillOutcome,
} from "../../src/prefill_outcome.ts";
import { stripEcho } from "../../src/completion/strip_echo.ts";
import {
  classifyContinuation,
  type Continuation,
} from "../../src/completion/classify_continuation.ts";
import {
  type MessageTexts,
  splitAnswer,
} from "../../src/completion/split_answer.ts";

type Texts = Partial<MessageTexts>;

/** The returned text, and the expected outcome, reasoning, and content. */
type Case = readonly [
  texts: Texts,
  outcome: PrefillOutcome,
  reasoning: string | null,
  content: string,
];

const THOUGHT = "\nI can add five ten times, so the answer is";
const OPEN = `<think>${THOUGHT}`;
const CLOSED = `${OPEN} 50.</think>The answer`;
const FRESH = "Okay, the user asks for a product. It is 50.";

function check(prefill: string, cases: readonly Case[]): void {
  for (const [texts, outcome, reasoning, content] of cases) {
    const split = splitAnswer(
      { callsTools: false, finishReason: "stop", ...texts },
      prefill,
    );
    assertEquals(
      [split.prefill, split.reasoning, split.content],
      [outcome, reasoning, content],
      JSON.stringify(texts),
    );
  }
}

Deno.test("splitAnswer() classifies the outcome of a prefill with open reasoning", () => {
  check(OPEN, [
    [{ reasoning: " 50.", content: "50" }, "continued", " 50.", "50"],
    [{ reasoning: " 50", finishReason: "length" }, "continued", " 50", ""],
    [{ reasoning: " 50.</think>50" }, "continued", " 50.", "50"],
    [{ content: " 50.</think>50" }, "continued_in_content", " 50.", "50"],
    [
      { content: " 50, or", finishReason: "length" },
      "continued_in_content",
      " 50, or",
      "",
    ],
    [{ content: " 50." }, "unknown", null, " 50."],
    [{ reasoning: `${THOUGHT} 50.`, content: "50" }, "echoed", " 50.", "50"],
    [
      { reasoning: `${THOUGHT.trim()} 50.`, content: "50" },
      "echoed",
      " 50.",
      "50",
    ],
    [{ content: `${OPEN} 50.</think>50` }, "echoed", " 50.", "50"],
    [{ content: `${THOUGHT} 50.</think>50` }, "echoed", " 50.", "50"],
    [
      { content: `${OPEN} 50`, finishReason: "length" },
      "echoed",
      " 50",
      "",
    ],
    [{ reasoning: FRESH, content: "50" }, "restarted", FRESH, "50"],
    [
      { content: `<think>${FRESH}</think>50` },
      "restarted",
      FRESH,
      "50",
    ],
    [{ content: `${FRESH}</think>50` }, "restarted", FRESH, "50"],
    [{ content: "To find it, add." }, "restarted", null, "To find it, add."],
    [{ content: "50", reasoningTokens: 9 }, "unknown", null, "50"],
    [{ content: "Fifty." }, "unknown", null, "Fifty."],
    [{ reasoning: "Fifty.", content: "50" }, "unknown", "Fifty.", "50"],
  ]);
});

Deno.test("splitAnswer() classifies the outcome of a prefill with closed reasoning", () => {
  check(CLOSED, [
    [{ content: " is 50." }, "continued", null, " is 50."],
    [{ content: " is 50.", reasoning: "" }, "continued", null, " is 50."],
    [{ reasoning: " is 50.", content: null }, "misfiled", null, " is 50."],
    [
      { reasoning: " is 50", content: null, finishReason: "length" },
      "misfiled",
      null,
      " is 50",
    ],
    [{ content: `${CLOSED} is 50.` }, "echoed", null, " is 50."],
    [
      { reasoning: `${THOUGHT} 50.`, content: " is 50." },
      "echoed",
      null,
      " is 50.",
    ],
    [{ reasoning: FRESH, content: "50" }, "restarted", FRESH, "50"],
    [{ content: `<think>${FRESH}</think>50` }, "restarted", FRESH, "50"],
    [{ content: `${FRESH}</think>50` }, "restarted", FRESH, "50"],
    [
      { content: "<think>\nOkay", finishReason: "length" },
      "restarted",
      "\nOkay",
      "",
    ],
    [
      { reasoning: "\nOkay, the user", finishReason: "length" },
      "restarted",
      "\nOkay, the user",
      "",
    ],
    [{ content: " is 50.", reasoningTokens: 9 }, "unknown", null, " is 50."],
    [{ content: "Fifty, surely." }, "unknown", null, "Fifty, surely."],
  ]);
  const BARE = `${OPEN} 50.</think>`;
  check(BARE, [
    [{ content: "\n\n50" }, "continued", null, "\n\n50"],
    [{ reasoning: "50" }, "misfiled", null, "50"],
    [
      { reasoning: "So the user", finishReason: "length" },
      "unknown",
      "So the user",
      "",
    ],
  ]);
});

Deno.test("splitAnswer() reports no prefill outcome if the request had no prefill", () => {
  const texts = { callsTools: false, finishReason: "stop", content: "50" };
  assertEquals(splitAnswer(texts, null).prefill, null);
});

Deno.test("classifyContinuation() distinguishes a continued text from a restarted one", () => {
  const cases: readonly [before: string, after: string, seam: Continuation][] =
    [
      ["5*1", "0 = 50", "continues"],
      ["the answer is gambo", "ge, surely", "continues"],
      ["so the answer is", " Berlin", "continues"],
      // A new list begins with 1.
      ["8*6 = 3", "6. Done.", "continues"],
      ["1. Add.\n", "2. Divide.", "continues"],
      ["so the answer is", "\n50", "continues"],
      ["so the answer is ", "Berlin", "continues"],
      ["It is 50.", " So", "continues"],
      ["It is 50.", "\n\nWait", "continues"],
      ["It is 50.", " Let me check", "continues"],
      ["It is 50.", " Hmm, let me check", "continues"],
      ["It is 3.", "14", "continues"],
      ["5*10 = 50", "\n\nSo the answer is 50.", "continues"],
      ["5*10 = 50", "\n\nLet me double-check.", "continues"],
      ["it is br", "oken", "continues"],
      ["it is T", "okyo", "continues"],
      ["I lo", "ok at", "continues"],
      ["over", "thinking", "continues"],
      ["def f(", "user, password)", "continues"],
      ["get_", "user_name()", "continues"],
      ["SELECT * FROM ", "users", "continues"],
      ["\n", "Okay, so", "continues"],
      ["das ist", " Österreich", "continues"],
      ["so, for x = 2,", "\nOkay, I need", "restarts"],
      ["so the answer is", "Okay, so I need", "restarts"],
      ["so the answer is", "okay, so I need", "restarts"],
      ["so the answer is", "Let’s compute", "restarts"],
      ["It is 50.", "Let me check", "restarts"],
      ["It is", "<think>\nit", "restarts"],
      ["所以答案是", "嗯，用户问的是", "restarts"],
      ["所以答案是", "好的，我现在需要", "restarts"],
      ["答えは", "ユーザーは", "restarts"],
      ["so the answer is", "Berlin", "unclear"],
      ["so the answer is", " Okay, the user", "unclear"],
      ["so the answer is", "1.  **Analyze the Request:**", "unclear"],
      ["so the answer is", "- The user asks", "unclear"],
      ["so the answer is", "### Understanding", "unclear"],
      ["la respuesta es", "¿Cuánto es", "unclear"],
      ["It is 50.", "Wait", "unclear"],
      ["It is 50.\n", "Okay, so", "unclear"],
      ["It is 50.\n", "The question asks for", "unclear"],
      ["It is 50.\n", "We're asked to", "unclear"],
      ["It is 50.\n", "Got it, let's see", "unclear"],
      ["It is 50.\n", "Хорошо, пользователь", "unclear"],
      ['he said "', "Let me go", "unclear"],
      ["- ", "First, add", "unclear"],
      ["It is", "", "unclear"],
      ["das ist", "Österreich", "unclear"],
      ["因此答案是", "五十", "unclear"],
    ];
  for (const [before, after, expected] of cases) {
    assertEquals(
      classifyContinuation(before, after),
      expected,
      `${before}|${after}`,
    );
  }
});

Deno.test("isContinuation() is true if the model continued the prefill", () => {
  assertEquals(PREFILL_OUTCOMES.filter(isContinuation), [
    "continued",
    "continued_in_content",
    "echoed",
    "misfiled",
  ]);
});

Deno.test("stripEcho() removes a prefix in any white space and normalization, but no partial word", () => {
  const long = "\nI can add five ten times.\n";
  for (
    const [text, prefix, rest] of [
      [`${long}So 50.`, long, "So 50."],
      ["I can add five ten times. So 50.", long, " So 50."],
      ["I can add\r\nfive ten times, so", "I can add\nfive ten times,", " so"],
      ["de\u0301ja\u0300 vu encore une", "déjà vu encore", " une"],
      ["<think>\nThe rest", "\nThe", " rest"],
    ] as const
  ) assertEquals(stripEcho(text, prefix), { text: rest, isEcho: true });
  for (
    const [text, prefix] of [
      ["<think>\nThere once was", "\nThe"],
      ["<think>\nI'd say", "\nI"],
      ["The rest", "\nThe"],
      ["I can add six ten times.", long],
    ] as const
  ) assertEquals(stripEcho(text, prefix), { text, isEcho: false });
});

Deno.test("splitAnswer() leaves no tag if both texts are present", () => {
  for (
    const texts of [
      { reasoning: " 50.</think>\n", content: "50" },
      { reasoning: " 50.", content: "\n</think>50" },
    ]
  ) check(OPEN, [[texts, "continued", " 50.", "50"]]);
});

Deno.test("classifyContinuation() is as fast for white space as for text", () => {
  const space = " ".repeat(1_000_000);
  assertEquals(
    classifyContinuation(`It is${space}x`, `${space}Berlin`),
    "continues",
  );
});
