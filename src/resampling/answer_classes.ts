import { type AnswerText, answerText } from "./answer_text.ts";
import { isExpression, loadAnswerValue } from "./answer_value.ts";
import type { ExpressionNumber, ExpressionValue } from "./expression_value.ts";
import { getOrCreate } from "../util/get_or_create.ts";

/**
 * Replaces each answer with the first one that is equal to it, so that answers can be counted. `null` stays
 * `null`. The order of the answers only decides which spelling is used.
 *
 * Answers are equal if they are
 *
 * - texts that differ only in case, white space, `$` and periods around them, `\text{…}`, `\left`, `\dfrac`,
 *   or a leading name (`x = 5` is `5`, `x \in A` is `A`); `(B)` is `B`
 * - numbers and expressions with the same value, in LaTeX or plain text: `1/2`, `0.5`, `\frac12`; `1,000`
 *   and `1000`; `2\sqrt{3}` and `\sqrt{12}`; `(x+1)^2` and `x^2+2x+1`; tuples, intervals and matrices entry
 *   by entry, sets in any order. Fractions and decimals are compared exactly (`0.333` is not `1/3`), all
 *   others in floating point, to ten digits
 * - a number with and without a unit (`5\text{ cm}`, `5 cm`, `5`), unless another answer has another unit
 *   with that number: `5`, `5 cm` and `5 m` all differ
 *
 * `50\%` and `50` differ, because `50\%` is `0.5`. Lists in another order differ: `1, 2` and `2, 1`.
 *
 * Texts over 200 characters, deeply nested ones, and texts that are not expressions are compared only as
 * texts. The LaTeX parser is loaded only if two different expressions must be compared.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { answerClasses } from "@rollouts/client/resampling";
 *
 * assertEquals(
 *   await answerClasses(["\\frac{1}{2}", "0.50", null, "1/2", "x = 0.5", "50\\%", "50"]),
 *   ["\\frac{1}{2}", "\\frac{1}{2}", null, "\\frac{1}{2}", "\\frac{1}{2}", "\\frac{1}{2}", "50"],
 * );
 * ```
 */
export async function answerClasses(
  answers: readonly (string | null)[],
): Promise<(string | null)[]> {
  const texts = new Map<string, NormalizedAnswer>();
  for (const answer of answers) {
    if (answer === null || texts.has(answer)) continue;
    texts.set(answer, { answer, ...answerText(answer) });
  }
  const values = await valueClasses([...texts.values()]);
  const representatives = withUnits([...texts.values()], values);
  return answers.map((answer) =>
    answer === null ? null : representatives.get(answer)!
  );
}

/** An answer and its normalized text. */
interface NormalizedAnswer extends AnswerText {
  readonly answer: string;
}

/** Maps each text to the first text with the same value. */
async function valueClasses(
  known: readonly NormalizedAnswer[],
): Promise<ReadonlyMap<string, string>> {
  const classes = new Map(known.map(({ text }) => [text, text]));
  const expressions = [...classes.keys()].filter(isExpression);
  // Plain numbers are already normalized.
  const isSettled = expressions.length < 2 || expressions.every(isDecimal);
  if (isSettled) return classes;
  const valueOf = await loadAnswerValue();
  const found = new Map<string, { text: string; value: ExpressionValue }[]>();
  for (const text of expressions) {
    const value = valueOf(text);
    if (value === null) continue;
    const buckets = bucketsOf(value);
    const equal = buckets.flatMap((bucket) => found.get(bucket) ?? [])
      .find((other) => isEqual(value, other.value));
    if (equal !== undefined) {
      classes.set(text, equal.text);
      continue;
    }
    getOrCreate(found, buckets[0]!, () => []).push({ text, value });
  }
  return classes;
}

function isDecimal(text: string): boolean {
  return /^-?[0-9.]+$/.test(text);
}

/** The relative tolerance of comparisons in floating point. */
const TOLERANCE = 1e-10;

/** The hash buckets in which equal values can be: by shape and by the first number, rounded in either direction. */
function bucketsOf({ shape, numbers }: ExpressionValue): string[] {
  const first = numbers[0]?.at[0] ?? 0;
  const near = [
    first,
    first * (1 - 2 * TOLERANCE),
    first * (1 + 2 * TOLERANCE),
  ];
  return [...new Set(near.map((value) => `${shape} ${value.toPrecision(6)}`))];
}

function isEqual(a: ExpressionValue, b: ExpressionValue): boolean {
  return a.shape === b.shape && a.numbers.length === b.numbers.length &&
    a.numbers.every((number, index) =>
      isEqualNumber(number, b.numbers[index]!)
    );
}

function isEqualNumber(a: ExpressionNumber, b: ExpressionNumber): boolean {
  if (a.exact !== null && b.exact !== null) return a.exact.equals(b.exact);
  return a.at.every((value, point) => {
    const other = b.at[point]!;
    return Math.abs(value - other) <=
      TOLERANCE * Math.max(Math.abs(value), Math.abs(other));
  });
}

/** Maps each answer to the first one of its class. An answer without a unit equals one with a unit if there is only one unit. */
function withUnits(
  known: readonly NormalizedAnswer[],
  values: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const units = new Map<string, Set<string>>();
  for (const { text, unit } of known) {
    const value = values.get(text)!;
    const set = getOrCreate(units, value, () => new Set());
    if (unit !== "") set.add(unit);
  }
  const first = new Map<string, string>();
  return new Map(known.map(({ answer, text, unit }) => {
    const value = values.get(text)!;
    const key = JSON.stringify([value, units.get(value)!.size > 1 ? unit : ""]);
    if (!first.has(key)) first.set(key, answer);
    return [answer, first.get(key)!];
  }));
}
