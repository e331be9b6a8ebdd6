import type { ExpressionValue } from "./expression_value.ts";
import latex from "./latex.json" with { type: "json" };
import { loadLatexSyntax } from "./load_latex_syntax.ts";

/** Returns the value of an answer's text, or `null` if it has no known value. */
export type ReadAnswerValue = (text: string) => ExpressionValue | null;

/**
 * Loads the LaTeX parser, and returns a function that evaluates texts.
 *
 * The library only parses. Evaluation takes linear time, and the parser gets no text that could keep it
 * busy: see {@linkcode isExpression}.
 */
export async function loadAnswerValue(): Promise<ReadAnswerValue> {
  const [syntax, { expressionValue }] = await Promise.all([
    loadLatexSyntax(),
    import("./expression_value.ts"),
  ]);
  return (text) => {
    if (!isExpression(text)) return null;
    try {
      const expression = syntax.parse(asLatex(text));
      return expression === null ? null : expressionValue(expression);
    } catch {
      // The parser cannot read it.
      return null;
    }
  };
}

/** The maximum length of an expression in characters. */
const MAX_EXPRESSION_LENGTH = 200;

/** The maximum number of `|` characters: each may double the parser's time. */
const MAX_BARS = 4;

const MAX_DEPTH = 20;

/**
 * Whether a normalized answer may be an expression: short, not deeply nested, and made of digits, symbols,
 * single letters or pairs, and known LaTeX commands. A word is not an expression.
 */
export function isExpression(text: string): boolean {
  if (text.length > MAX_EXPRESSION_LENGTH) return false;
  const latex = asLatex(text);
  const rest = latex.replaceAll(
    COMMAND,
    (command) => KNOWN.has(command) ? ";" : "§",
  );
  if (!SYMBOLS.test(rest) || /[a-zA-Z]{3}|(?<!_)[0-9.] [0-9.]/.test(rest)) {
    return false;
  }
  if (rest.split("|").length - 1 > MAX_BARS) return false;
  return depthOf(latex) <= MAX_DEPTH &&
    /[0-9\\π√∞½]|[a-zA-Z].*[-+*/^=<>]/.test(latex);
}

const COMMAND = /\\(?:begin|end)\{[a-zA-Z]*\}|\\(?:[a-zA-Z]+|.)/g;
const SYMBOLS = /^[-+*/^_=<>()[\]{}|.,;:!%&'0-9a-zA-Z π√∞½¼¾²³θ]+$/;

const KNOWN = new Set(latex.commands.map((name) => `\\${name}`));

/** Converts the plain text notation that models use to LaTeX. */
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
  for (const [bracket] of latex.matchAll(/[([{)\]}]/g)) {
    depth += /[([{]/.test(bracket) ? 1 : -1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
