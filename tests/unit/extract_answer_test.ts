import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  type AnswerRule,
  extractAnswer,
} from "../../src/resampling/extract_answer.ts";
import fc from "../support/fast_check.ts";

function check(
  rule: AnswerRule,
  cases: readonly (readonly [text: string, answer: string | null])[],
): void {
  for (const [text, answer] of cases) {
    assertEquals(extractAnswer(text, rule), answer, text);
  }
}

Deno.test("extractAnswer() finds the last boxed text", () => {
  check("boxed", [
    ["\\boxed{5}", "5"],
    ["So \\boxed{4}, no, \\boxed{5}.", "5"],
    ["\\boxed{\\frac{1}{2}}", "\\frac{1}{2}"],
    ["\\boxed{\\{1, \\{2\\}}", "\\{1, \\{2\\}"],
    ["\\boxed{\\text{(B)}}", "(B)"],
    ["\\boxed{ \\text{yes.} }", "yes"],
    ["\\boxed{\\text{a} \\text{b}}", "\\text{a} \\text{b}"],
    ["\\boxed{$50$.}", "50"],
    ["\\boxed{.5}", ".5"],
    ["\\boxed{50\\%}", "50\\%"],
    ["$\\boxed 5$", "5"],
    ["\\boxed5 it is", "5"],
    ["\\boxed {5}", "5"],
    ["\\fbox{5}", "5"],
    ["\\boxed{4} \\fbox{5}", "5"],
    ["\\boxed{x = \\boxed{5}}", "5"],
    ["\\boxed{4} \\boxed{5", null],
    ["\\boxed{\\frac{1}{2}", null],
    ["\\boxed{}", null],
    ["\\boxed{ $ }", null],
    ["\\boxed", null],
    ["\\boxedly 5", null],
    ["5", null],
    ["", null],
  ]);
});

Deno.test("extractAnswer() finds the last number", () => {
  check("number", [
    ["It is 5.", "5"],
    ["5, then 6, then 7!", "7"],
    ["1,234,567.89 in all", "1234567.89"],
    ["1{,}000", "1000"],
    ["$1,000.50", "1000.50"],
    ["it costs -$5", "-5"],
    ["€ 5", "5"],
    ["so 50%", "50%"],
    ["so 50 \\%.", "50%"],
    ["x = -3", "-3"],
    ["x = −3", "-3"],
    ["10-3", "3"],
    ["x-3", "3"],
    ["(1, -2)", "-2"],
    [".5", ".5"],
    ["1.5e-3", "1.5e-3"],
    ["6.02e23.", "6.02e23"],
    ["1,2345", "2345"],
    ["3.14", "3.14"],
    ["答案是50。", "50"],
    ["none", null],
    ["", null],
  ]);
});

Deno.test("extractAnswer() finds the chosen letter", () => {
  check("choice", [
    ["B", "B"],
    ["The answer is (B).", "B"],
    ["The answer is B, for A is wrong and C too.", "B"],
    ["**Answer: C**", "C"],
    ["**Answer:** D", "D"],
    ["Answer: option \\text{E}", "E"],
    ["\\boxed{A} though B is close", "A"],
    ["\\boxed{\\text{(D)}}", "D"],
    ["The answer is A, no, the answer is B", "B"],
    ["I take B. A simple check shows it.", "B"],
    ["I take A.", "A"],
    ["Not A but C", "C"],
    ["Plan B's better", null],
    ["答案是B。", "B"],
    ["CAD and ABBA", null],
    ["b", null],
    ["F", null],
    ["\\Delta", null],
    ["", null],
  ]);
});

Deno.test("extractAnswer() uses the last match of a pattern, or the result of a function", () => {
  check(/answer: (\w+)/i, [["Answer: a. ANSWER: b", "b"], ["x", null]]);
  check(/\d+/y, [["a 1 b 2.", "2"]]);
  check(/x(\d)?/, [["x1 x", "x"]]);
  check(/.*$/, [[" . ", null]]);
  check((text) => `${text} `, [["a.", "a. "]]);
  check(() => null, [["a", null]]);
});

Deno.test("extractAnswer() rejects an invalid rule", () => {
  const error = assertThrows(
    () => extractAnswer("5", "box" as "boxed"),
    TypeError,
  );
  assert(error.message.endsWith('got "box"'));
});

Deno.test("extractAnswer() returns the boxed text, whatever surrounds it", () => {
  fc.assert(fc.property(fc.string(), fc.integer(), (text, number) => {
    assertEquals(
      extractAnswer(`${text}\\boxed{${number}}`, "boxed"),
      `${number}`,
    );
    assertEquals(
      extractAnswer(`${text} ${number} is it`, "number"),
      `${number}`,
    );
  }));
});

Deno.test("extractAnswer() is fast for hostile texts", () => {
  const units = [
    ..."{ } \\ 9 , 1, $ . - ( ' * _ A : [".split(" "),
    ...[
      "\\boxed",
      "\\boxed{",
      "\\text{",
      "1,234",
      "answer ",
      "answer: ",
      "\\( ",
      " ",
      ".5",
    ],
  ];
  for (const unit of units) {
    for (const rule of ["boxed", "number", "choice"] as const) {
      const long = unit.repeat(100_000 / unit.length);
      extractAnswer(`answer: \\boxed{${long}`, rule);
      extractAnswer(`\\boxed{${long}}`, rule);
      extractAnswer(long, rule);
    }
  }
});
