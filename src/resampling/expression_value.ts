import Fraction from "fraction.js";
import type { MathJsonExpression } from "./load_latex_syntax.ts";

/** The value of an expression, in a form that can be compared. */
export interface ExpressionValue {
  /** The structure around the numbers: brackets, relations, infinity. */
  readonly shape: string;
  /** The numbers, in order; those of a set in ascending order. */
  readonly numbers: readonly ExpressionNumber[];
}

/** A number, or a term with variables. */
export interface ExpressionNumber {
  /** The exact value as a reduced fraction, or `null` if it is irrational or has variables. */
  readonly exact: Fraction | null;
  /** The values at several points, which assign values to the variables. */
  readonly at: readonly number[];
}

/**
 * Evaluates a parsed expression, or returns `null` if a part of it has no known value.
 *
 * Variables have fixed values between 1 and 2 at each of three points. Terms that agree at all points are
 * equal with high probability (Schwartz–Zippel). `e` is Euler's number; every other letter, including `i`,
 * is a variable. Running time does not depend on the size of numbers: large powers use floating point.
 */
export function expressionValue(
  expression: MathJsonExpression,
): ExpressionValue | null {
  const shape = structure(expression);
  return shape !== null &&
      shape.numbers.every(({ at }) => at.every(Number.isFinite))
    ? shape
    : null;
}

/** Expressions that contain other values. */
const STRUCTURES =
  /^(?:Tuple|List|Set|Interval|Open|Matrix|Equal|NotEqual|Less|LessEqual|Greater|GreaterEqual|Union|Intersection|Sequence|Element)$/;

function structure(
  node: MathJsonExpression,
): ExpressionValue | null {
  if (node === "PositiveInfinity") return { shape: "∞", numbers: [] };
  if (node === "EmptySet") return { shape: "∅", numbers: [] };
  if (Array.isArray(node)) {
    const [name, first, ...rest] = node as readonly MathJsonExpression[];
    if (name === "Negate" && first === "PositiveInfinity") {
      return { shape: "-∞", numbers: [] };
    }
    const isList = name === "Delimiter" && Array.isArray(first) &&
      first[0] === "Sequence";
    if (isList) {
      const brackets = JSON.stringify(rest[0] ?? "");
      const [, ...parts] = first as readonly MathJsonExpression[];
      return joined(brackets, parts);
    }
    if (name === "Delimiter" && first !== undefined) {
      return structure(first);
    }
    if (typeof name === "string" && STRUCTURES.test(name)) {
      const parts = node.slice(1) as MathJsonExpression[];
      return /^Greater/.test(name)
        ? joined(name.replace("Greater", "Less"), parts.reverse())
        : joined(name, parts);
    }
  }
  const value = numberOf(node);
  return value === null ? null : { shape: "#", numbers: [value] };
}

function joined(
  name: string,
  parts: readonly MathJsonExpression[],
): ExpressionValue | null {
  const values: ExpressionValue[] = [];
  for (const part of parts) {
    // Brackets and the like are strings.
    const value = isText(part)
      ? { shape: JSON.stringify(part), numbers: [] }
      : structure(part);
    if (value === null) return null;
    values.push(value);
  }
  if (name === "Set") values.sort((a, b) => sizeOf(a) - sizeOf(b));
  return {
    shape: `${name}(${values.map(({ shape }) => shape).join(" ")})`,
    numbers: values.flatMap(({ numbers }) => numbers),
  };
}

function isText(node: MathJsonExpression): boolean {
  return typeof node === "object" && !Array.isArray(node) && "str" in node;
}

function sizeOf({ numbers }: ExpressionValue): number {
  return numbers[0]?.at[0] ?? 0;
}

const POINTS = 3;

function numberOf(
  node: MathJsonExpression,
): ExpressionNumber | null {
  if (typeof node === "number") return literal(String(node));
  if (typeof node === "string") return symbol(node);
  if (!Array.isArray(node)) {
    return "num" in node ? literal(node.num) : null;
  }
  const [name, ...parts] = node as readonly MathJsonExpression[];
  if (typeof name !== "string") return null;
  if (name === "Power" && isInverseFunction(parts)) return null;
  const values: ExpressionNumber[] = [];
  for (const part of parts) {
    const value = numberOf(part);
    if (value === null) return null;
    values.push(value);
  }
  if (name === "Delimiter") return values.length === 1 ? values[0]! : null;
  const compute = FUNCTIONS[name];
  if (compute === undefined || values.length === 0) return null;
  const isMixed = name === "InvisibleOperator" && isMixedNumber(parts);
  return {
    exact: exactly(isMixed ? "Mixed" : name, values),
    at: Array.from({ length: POINTS }, (_, point) => {
      const args = values.map(({ at }) => at[point]!);
      return isMixed
        ? args[0]! + Math.sign(args[0]!) * args[1]!
        : compute(...args);
    }),
  };
}

/** `\sin^{-1} x` is ambiguous: the arcsine or the reciprocal of the sine. */
function isInverseFunction([base, exponent]: readonly MathJsonExpression[]) {
  return Array.isArray(base) && Array.isArray(exponent) &&
    exponent[0] === "Negate" &&
    /^(?:Sin|Cos|Tan|Cot|Sec|Csc)h?$/.test(`${base[0]}`);
}

/** `3\frac{1}{2}` is three and a half. */
function isMixedNumber(parts: readonly MathJsonExpression[]): boolean {
  const [whole, part, ...more] = parts;
  const number = Array.isArray(whole) && whole[0] === "Negate"
    ? whole[1]
    : whole;
  return more.length === 0 && Number.isInteger(number) && number !== 0 &&
    Array.isArray(part) && part[0] === "Divide" &&
    Number.isInteger(part[1]) && Number.isInteger(part[2]) &&
    Number(part[1]) < Number(part[2]);
}

/** Decimal digits, possibly with repeating digits (`0.(3)`) and a power of ten. */
function literal(
  number: string,
): ExpressionNumber | null {
  const [, digits, power = "0"] =
    /^([-+]?[0-9]*\.?[0-9]*(?:\([0-9]+\))?)(?:e([-+]?[0-9]{1,3}))?$/i
      .exec(number) ?? [];
  if (!digits || !/[0-9]/.test(digits)) return null;
  const exact = new Fraction(digits).mul(new Fraction(10).pow(Number(power))!);
  return { exact, at: Array(POINTS).fill(exact.valueOf()) };
}

function symbol(name: string): ExpressionNumber | null {
  if (name === "Pi") return constant(Math.PI);
  if (name === "e" || name === "ExponentialE") return constant(Math.E);
  if (
    !/^(?:[a-z]|alpha|beta|gamma|delta|theta|lambda|mu|omega|phi|rho|sigma|tau)(?:_[a-z0-9]{1,9})?$/i
      .test(name)
  ) {
    return null;
  }
  return {
    exact: null,
    at: Array.from({ length: POINTS }, (_, point) => pointOf(name, point)),
  };
}

function constant(value: number): ExpressionNumber {
  return { exact: null, at: Array(POINTS).fill(value) };
}

/** A value between 1 and 2 that depends only on the variable's name. */
function pointOf(name: string, point: number): number {
  let hash = point + 1;
  for (const char of name) hash = (hash * 131 + char.charCodeAt(0)) % 65_521;
  return 1 + ((hash * 40_503 + 12_345) % 65_521) / 65_521;
}

/** The maximum size of exact numbers in bits. */
const MAX_EXACT_BITS = 4096;

function exactly(
  name: string,
  values: readonly ExpressionNumber[],
): Fraction | null {
  const terms = values.map(({ exact }) => exact);
  if (!terms.every((term) => term !== null && isSmall(term))) return null;
  const [first, second] = terms as [Fraction, Fraction | undefined];
  const others = terms.slice(1) as Fraction[];
  switch (name) {
    case "Add":
      return others.reduce((sum, term) => sum.add(term), first);
    case "Mixed":
      return first.compare(0) < 0 ? first.sub(second!) : first.add(second!);
    case "Subtract":
      return second === undefined ? first.neg() : first.sub(second);
    case "Negate":
      return first.neg();
    case "Multiply":
    case "InvisibleOperator":
      return others.reduce((product, term) => product.mul(term), first);
    case "Divide":
    case "Rational":
      return second === undefined || second.n === 0n ? null : first.div(second);
    case "Abs":
      return first.abs();
    case "Power": {
      if (second === undefined || second.d !== 1n) return null;
      const exponent = Number(second.s * second.n);
      const bits = bitsOf(first) * Math.abs(exponent);
      if (bits > MAX_EXACT_BITS || (first.n === 0n && exponent <= 0)) {
        return null;
      }
      return first.pow(exponent);
    }
    default:
      return null;
  }
}

function isSmall(term: Fraction): boolean {
  return bitsOf(term) <= MAX_EXACT_BITS;
}

function bitsOf({ n, d }: Fraction): number {
  return 4 * Math.max(n.toString(16).length, d.toString(16).length);
}

const multiply = (...terms: number[]) => terms.reduce((a, b) => a * b);
const divide = (a: number, b = NaN) => a / b;

const FUNCTIONS: Readonly<
  Record<string, ((...values: number[]) => number) | undefined>
> = {
  // No prototype, so that a name in a model's text never reaches an inherited property.
  __proto__: null as never,
  Add: (...terms) => terms.reduce((a, b) => a + b),
  Subtract: (a, b) => b === undefined ? -a! : a! - b,
  Negate: (a) => -a!,
  Multiply: multiply,
  InvisibleOperator: multiply,
  Divide: (a, b) => divide(a!, b),
  Rational: (a, b) => divide(a!, b),
  Power: (a, b = NaN) => a === 0 && b <= 0 ? NaN : a! ** b,
  Sqrt: (a) => Math.sqrt(a!),
  Root: (a, b = 2) => b === 3 ? Math.cbrt(a!) : a! ** (1 / b),
  Abs: (a) => Math.abs(a!),
  Exp: (a) => Math.exp(a!),
  Ln: (a, base) =>
    base === undefined ? Math.log(a!) : Math.log(a!) / Math.log(base),
  Log: (a, base = 10) => Math.log(a!) / Math.log(base),
  Lb: (a) => Math.log2(a!),
  Sin: (a) => Math.sin(a!),
  Cos: (a) => Math.cos(a!),
  Tan: (a) => Math.tan(a!),
  Cot: (a) => 1 / Math.tan(a!),
  Sec: (a) => 1 / Math.cos(a!),
  Csc: (a) => 1 / Math.sin(a!),
  Arcsin: (a) => Math.asin(a!),
  Arccos: (a) => Math.acos(a!),
  Arctan: (a) => Math.atan(a!),
  Degrees: (a) => a! * Math.PI / 180,
  Floor: (a) => Math.floor(a!),
  Ceil: (a) => Math.ceil(a!),
  Factorial: (a) => factorial(a!),
  Binomial: (n, k = NaN) =>
    Math.round(factorial(n!) / factorial(k) / factorial(n! - k)),
};

/** `NaN` unless the argument is an integer from 0 to 170, the largest with a finite factorial. */
function factorial(number: number): number {
  if (!Number.isInteger(number) || number < 0 || number > 170) return NaN;
  let product = 1;
  for (let factor = 2; factor <= number; factor++) product *= factor;
  return product;
}
