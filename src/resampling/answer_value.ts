import { type ExpressionValue, expressionValue } from "./expression_value.ts";
import { loadLatexSyntax } from "./load_latex_syntax.ts";

/** Reads what an answer's text is worth; null where it is no expression whose value is known. */
export type ReadAnswerValue = (text: string) => ExpressionValue | null;

/**
 * Loads the reader of expressions in LaTeX, and only now the library that parses them.
 *
 * The library only parses: the values are worked out here, by steps as few as the text is long. What could keep
 * the parser busy is not given to it: see {@linkcode isExpression}.
 */
export async function loadAnswerValue(): Promise<ReadAnswerValue> {
  const [syntax, { default: Fraction }] = await Promise.all([
    loadLatexSyntax(),
    import("fraction.js"),
  ]);
  return (text) => {
    if (!isExpression(text)) return null;
    try {
      const expression = syntax.parse(asLatex(text));
      return expression === null ? null : expressionValue(expression, Fraction);
    } catch {
      // What the parser cannot read has no value.
      return null;
    }
  };
}

/** The longest text that is read as an expression, in characters. */
const MAX_EXPRESSION_LENGTH = 200;

/** How many signs of an absolute value: with each, the parser's time may double. */
const MAX_BARS = 4;

const MAX_DEPTH = 20;

/**
 * Whether an answer's text (see `answerText`) may be an expression: short, of digits, signs, letters that
 * stand alone or in twos, and some thirty of LaTeX's commands, and not too deep. A mere word is none.
 */
export function isExpression(text: string): boolean {
  if (text.length > MAX_EXPRESSION_LENGTH) return false;
  const latex = asLatex(text);
  const rest = latex.replaceAll(
    COMMAND,
    (command) => KNOWN.has(command) ? ";" : "§",
  );
  if (!SIGNS.test(rest) || /[a-zA-Z]{3}|(?<!_)[0-9.] [0-9.]/.test(rest)) {
    return false;
  }
  if (rest.split("|").length - 1 > MAX_BARS) return false;
  return depthOf(latex) <= MAX_DEPTH &&
    /[0-9\\π√∞½]|[a-zA-Z].*[-+*/^=<>]/.test(latex);
}

const COMMAND = /\\(?:begin|end)\{[a-zA-Z]*\}|\\(?:[a-zA-Z]+|.)/g;
const SIGNS = /^[-+*/^_=<>()[\]{}|.,;:!%&'0-9a-zA-Z π√∞½¼¾²³θ]+$/;

const KNOWN = new Set(
  [
    "frac sqrt cdot times div pi infty pm cup cap in le leq ge geq ne neq lt gt emptyset varnothing",
    "ln log exp sin cos tan cot sec csc arcsin arccos arctan binom circ lfloor rfloor lceil rceil",
    "alpha beta gamma delta theta lambda mu rho sigma tau phi omega { } \\",
    "overline % begin{matrix} end{matrix} begin{pmatrix} end{pmatrix} begin{bmatrix} end{bmatrix}",
    "begin{vmatrix} end{vmatrix}",
  ].join(" ").split(" ").map((name) => `\\${name}`),
);

/** What models write as plain text, as LaTeX. */
function asLatex(text: string): string {
  return text
    .replaceAll(
      /(?<![\\a-zA-Z])(?:sqrt|pi|sin|cos|tan|ln|log|exp|infty)(?![a-zA-Z])/g,
      "\\$& ",
    )
    .replaceAll(/\\sqrt ?\(([^()]*)\)/g, "\\sqrt{$1}")
    .replaceAll("**", "^")
    .replaceAll(/\^(-?[0-9]+)/g, "^{$1}")
    .replaceAll(
      /(?<![0-9.])([0-9]+) ([0-9]+)\/([0-9]+)(?![0-9.])/g,
      "$1\\frac{$2}{$3}",
    )
    .replaceAll("%", "\\%");
}

function depthOf(latex: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [sign] of latex.matchAll(/[([{)\]}]/g)) {
    depth += /[([{]/.test(sign) ? 1 : -1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
