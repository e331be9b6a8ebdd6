import { assert, assertEquals } from "@std/assert";
import { answerClasses } from "../../src/resampling/answer_classes.ts";
import fc, { PROPERTY_RUNS } from "../support/fast_check.ts";

async function isSame(a: string, b: string): Promise<boolean> {
  const [first, second] = await answerClasses([a, b]);
  return first === second;
}

Deno.test("answerClasses() groups equal answers", async () => {
  const groups: readonly (readonly string[])[] = [
    [
      "50",
      "50.0",
      "$50$",
      " 50. ",
      "$50",
      "\\$50",
      "+50",
      "050",
      "\\(50\\)",
      "５０",
      "100/2",
      "\\text{50}",
      "50,",
    ],
    [
      "1/2",
      "0.5",
      ".5",
      "\\frac{1}{2}",
      "\\dfrac12",
      "\\frac{2}{4}",
      "2^{-1}",
      "50\\%",
      "50%",
      "50 percent",
      "½",
      "x=1/2",
    ],
    [
      "1,000",
      "1000",
      "1 000",
      "1{,}000",
      "1\\,000",
      "10^3",
      "1e3",
      "1\\times10^{3}",
      "10^{3}",
    ],
    ["2\\sqrt{3}", "\\sqrt{12}", "2 \\sqrt 3", "2*sqrt(3)", "12^{1/2}", "2√3"],
    ["-\\frac{1}{3}", "\\frac{-1}{3}", "-1/3", "−1/3", "0.\\overline{3} - 2/3"],
    [
      "x=5",
      "5",
      "x = 5.0",
      "\\theta = 5",
      "f(x)=5",
      "x_1 = 5",
      "5\\text{ cm}",
      "5 cm",
      "5\\,\\mathrm{cm}",
    ],
    ["(1, 2)", "(1,2)", "\\left(1, 2.0\\right)", "(\\frac{2}{2}, 2)"],
    ["x^2+1", "1+x^2", "x^{2} + 1", "f(x) = x^2 + 1", "1 + x \\cdot x"],
    ["(x+1)^2", "x^2+2x+1", "(1+x)(x+1)"],
    ["\\{1,2\\}", "\\{2, 1\\}", "\\left\\{1,2\\right\\}"],
    ["(-\\infty, 3]\\cup[5,\\infty)", "x \\in (-\\infty,3] \\cup [5,\\infty)"],
    [
      "\\begin{pmatrix}1\\\\2\\end{pmatrix}",
      "\\begin{pmatrix} 1.0 \\\\ 2 \\end{pmatrix}",
    ],
    ["3\\frac{1}{2}", "3.5", "7/2", "3 1/2", "\\frac72"],
    ["\\sqrt{x}", "x^{1/2}"],
    ["\\text{3 apples}", "3 apples", "3"],
    ["x<5", "5>x"],
    ["\\frac{\\pi}{4}", "pi/4", "π/4", "\\arctan(1)", "0.25\\pi"],
    ["e^2", "\\exp(2)"],
    [
      "\\log_2 8",
      "3",
      "\\sqrt{9}",
      "\\sqrt[3]{27}",
      "|-3|",
      "3!/2",
      "\\binom{3}{1}",
    ],
    ["30^\\circ", "30", "30°", "30^{\\circ}"],
    ["\\cos 60^\\circ + 1", "1.5", "\\frac32"],
    ["5!", "120", "$120.00"],
    ["Yes", "yes.", "\\text{YES}", " yes "],
    ["(B)", "B", "\\text{(B)}", "b", "\\mathrm{B}"],
    ["New York", "new  york", "\\text{New York}", "\\text{New York.}"],
    ["3+4i", "4i+3", "3 + 4i"],
    ["12345678901234567890123", "12,345,678,901,234,567,890,123"],
    ["是", "是。"],
    ["0", "-0", "0.00", "0/5"],
  ];
  for (const group of groups) {
    assertEquals(await answerClasses(group), group.map(() => group[0]!));
  }
});

Deno.test("answerClasses() separates different answers", async () => {
  const pairs: readonly (readonly [string, string])[] = [
    ["50\\%", "50"],
    ["0.333", "1/3"],
    ["0.33333333333333", "1/3"],
    ["12345678901234567890", "12345678901234567891"],
    ["2^{100}", "1267650600228229401496703205377"],
    ["(1,2)", "(2,1)"],
    ["(1,2)", "[1,2]"],
    ["1,2", "2,1"],
    ["no", "on"],
    ["hello world", "world hello"],
    ["x<5", "x>5"],
    ["x<5", "x\\le5"],
    ["5 cm", "6 cm"],
    ["3 million", "3"],
    ["2 pi", "2"],
    ["10_2", "10"],
    ["\\infty", "-\\infty"],
    ["x^2", "2x"],
    ["x", "y"],
    ["\\overline{ab}", "ab"],
    [
      "\\begin{pmatrix}1\\\\2\\end{pmatrix}",
      "\\begin{pmatrix}2\\\\1\\end{pmatrix}",
    ],
    ["1/0", "2/0"],
    ["0^0", "1"],
    ["1e-12", "2e-12"],
    ["", "0"],
    ["constructor", "toString"],
    ["31/2", "3 1/2"],
    ["1.000", "1000"],
    ["3x", "3"],
  ];
  for (const [a, b] of pairs) assert(!await isSame(a, b), `${a} | ${b}`);
  assert(await isSame("2^{100}", "1267650600228229401496703205376"));
});

Deno.test("answerClasses() adds the unit to a number without one, unless there are two units", async () => {
  assertEquals(await answerClasses(["5", "5 cm", "6 m", "5.0 cm"]), [
    "5",
    "5",
    "6 m",
    "5",
  ]);
  assertEquals(
    await answerClasses(["5", "5 cm", "5 m", "5\\text{ m}"]),
    ["5", "5 cm", "5 m", "5 m"],
  );
  assertEquals(await answerClasses(["€5", "5 €", "5"]), ["€5", "€5", "€5"]);
});

Deno.test("answerClasses() keeps null, the order, and the first text", async () => {
  assertEquals(await answerClasses([]), []);
  assertEquals(await answerClasses([null, "2/4", null, "0.5"]), [
    null,
    "2/4",
    null,
    "2/4",
  ]);
  assertEquals(await answerClasses(["0.5", "2/4"]), ["0.5", "0.5"]);
});

Deno.test("answerClasses() finds the same classes in any order", async () => {
  const answers = [
    "5",
    "5 cm",
    "\\sqrt{25}",
    "5 m",
    "1/2",
    "0.5",
    "50%",
    "yes",
    "Yes",
    "x=5",
    "(1,2)",
  ];
  const classes = await answerClasses(answers);
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(answers.map((_, index) => index), {
        minLength: answers.length,
      }),
      async (order) => {
        const shuffled = await answerClasses(
          order.map((index) => answers[index]!),
        );
        for (const [i, a] of order.entries()) {
          for (const [j, b] of order.entries()) {
            const areSame = shuffled[i] === shuffled[j];
            assertEquals(areSame, classes[a] === classes[b]);
          }
        }
      },
    ),
    { numRuns: PROPERTY_RUNS / 5 },
  );
});

Deno.test("answerClasses() compares integers and fractions only by value", async () => {
  const int = fc.integer({ min: -50, max: 50 });
  await fc.assert(
    fc.asyncProperty(
      int,
      fc.integer({ min: 1, max: 50 }),
      int,
      async (a, b, c) => {
        assertEquals(await isSame(`\\frac{${a}}{${b}}`, `${c}`), a === b * c);
        assertEquals(await isSame(`${a}/${b}`, `${3 * a}/${3 * b}`), true);
        assertEquals(await isSame(`${a}x`, `${a + b}x`), false);
      },
    ),
    // Comparing two answers by value takes milliseconds.
    { numRuns: PROPERTY_RUNS / 5 },
  );
});

Deno.test("answerClasses() is fast for hostile answers", async () => {
  const n = (unit: string, length: number) => unit.repeat(length / unit.length);
  const units = [
    ..."9^ ( [ { | |x| |1+ - + ! \\{ 9! x= a_ , . : ; & ' / * 1, 9. % $ ~ _ } ) ]"
      .split(" "),
    ...[
      "\\frac",
      "\\frac{",
      "\\frac{1}{",
      "\\sqrt",
      "\\sqrt{",
      "\\left(",
      "\\text{",
      "\\text{a}",
      "{a}",
      "9^{",
      "\\sin",
      "\\log_",
      "\\\\",
      "\\,",
      " ",
      "1 ",
      "x ",
    ],
    ...[
      "\\binom",
      "\\overline{",
      "\\lfloor",
      "\\langle",
      "\\in",
      "\\begin{pmatrix}",
      "\\cup[0,1)",
      "°",
      "\\circ",
      "1/",
      "e^",
      "\\pi",
      "\\mathrm{",
      "cm",
      "^2",
    ],
  ];
  const hostile = [
    "9^9^9^9",
    "9^{9^{9^9}}",
    "9**9**9**9",
    "(9!)!",
    "((9!)!)!",
    "170!!",
    "99999999999!",
    "\\binom{10^9}{10^8}",
    "1e999999999",
    "10^{999999999}",
    "(10^{300})^{300}",
    "0.(3)",
    "2^{-99999999}",
    "__proto__",
    "\\sum_{i=1}^{10^9}i",
    "\\constructor{1}",
    "\\operatorname{constructor}(1)",
    "${process.exit()}",
    "\\begin{align}\\end{align}",
    "\u0000\ud800",
    "\\",
    ...units.flatMap((unit) =>
      [60, 199, 100_000].flatMap((length) => [
        n(unit, length),
        `1${n(unit, length - 2)}1`,
        `9${n(unit, length / 2)}`,
      ])
    ),
  ];
  const classes = await answerClasses(hostile);
  assertEquals(classes.length, hostile.length);
});
