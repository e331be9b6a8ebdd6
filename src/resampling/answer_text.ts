import latex from "./latex.json" with { type: "json" };

/** A normalized answer. */
export interface AnswerText {
  /** The answer without its unit. Decimal numbers are normalized: `1000`, `0.5`. */
  readonly text: string;
  /** The unit after it, or the currency before it; empty if there is none. */
  readonly unit: string;
}

/**
 * Normalizes an answer: removes differences in case and white space, `$` and LaTeX delimiters around it,
 * periods after it, `\text{…}` around words, thousands separators, insignificant zeros, and a name before
 * the value (`x =`, `x \in`).
 *
 * A percent sign is not a unit: `50\%` becomes `50%`.
 */
export function answerText(answer: string): AnswerText {
  const words = plainSymbols(answer).replace(ALL_WORDS, "$1");
  const bare = withoutName(withoutStops(words));
  const { text, unit } = bare.length > LONGEST_WITH_UNIT
    ? { text: bare, unit: "" }
    : splitUnit(bare);
  return {
    text: decimal(tidied(text)),
    unit: tidied(unit.replaceAll(/[{}]/g, "")),
  };
}

const ALL_WORDS =
  /^\\(?:text|textbf|textit|textrm|mathrm|mathbf|mbox) ?\{([^{}]*)\}$/;

/** Longer texts are hardly ever a number with a unit, and slow to search. */
const LONGEST_WITH_UNIT = 200;

const SYMBOLS: Readonly<Record<string, string>> = latex.symbols;

/** Uses one symbol for each meaning, and removes LaTeX's spacing and sizes. */
function plainSymbols(answer: string): string {
  const text = answer.normalize("NFC")
    .replaceAll(
      /[\uff01-\uff5e]/g,
      (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0),
    )
    .replaceAll(/(?<!\\)\\[()[\]]|\\?\$/g, " ")
    .replaceAll(
      /\\(?:left|right|[bB]igg?[lr]?|displaystyle|limits)(?![a-zA-Z])|\\!/g,
      "",
    )
    .replaceAll(/(?<!\\)\\[,;:> ]|~|\\q?quad(?![a-zA-Z])/g, " ")
    .replaceAll(
      /[−–×÷·⋅°]|\\[dtc]frac|\\[lr]brace|\\%|\{,\}|\{\\circ\}/g,
      (symbol) => SYMBOLS[symbol]!,
    )
    .replaceAll(/\s+/g, " ");
  return withoutStops(text);
}

/** Removes white space at both ends and punctuation at the end. */
function withoutStops(text: string): string {
  let end = text.length;
  while (end > 0 && /[\s.,。]/.test(text[end - 1]!)) end--;
  return text.slice(0, end).trimStart();
}

/** Removes the name from `x = 5`, `f(x) = 5` and `x \in A`. */
function withoutName(text: string): string {
  const [name] = NAME.exec(text) ?? [];
  if (name === undefined) return text;
  const value = text.slice(name.length);
  return /[=<>]|\\(?:in|[lg]eq?|ne)(?![a-zA-Z])/.test(value) ? text : value;
}

const NAME =
  /^(?:[a-zA-Z]|\\[a-zA-Z]{1,9})(?:_(?:\w|\{\w{1,9}\}))?'?(?:\([a-z](?:, ?[a-z])?\))? ?(?:=|\\in(?![a-zA-Z])) ?/;

function splitUnit(text: string): AnswerText {
  for (const pattern of UNITS) {
    const { value, unit } = pattern.exec(text)?.groups ?? {};
    if (value === undefined || unit === undefined) continue;
    if (/[0-9]/.test(value) && !NO_UNIT.test(unit)) {
      return { text: value, unit };
    }
  }
  return { text, unit: "" };
}

const POWER = String.raw`(?: ?\^ ?\{?[-0-9]{1,2}\}?)?`;
const NUMBER = String.raw`[-+]? ?[0-9][0-9.,/]*`;
const UNITS = [
  new RegExp(
    String
      .raw`^(?<value>.*[^ _^({\\]) ?\\(?:text|textrm|mathrm|mbox|rm) ?(?<unit>\{ ?[^{}]+\}${POWER})$`,
  ),
  new RegExp(
    String
      .raw`^(?<value>${NUMBER})(?<unit> ?\p{L}{2}[\p{L} ./]*${POWER}| [mghlsLNJWVK]${POWER})$`,
    "u",
  ),
  /^(?<value>[-+]? ?(?:[0-9.,/]+|\\frac\{[0-9]+\}\{[0-9]+\})) ?(?<unit>\^ ?\\circ ?[CF]?)$/,
  /^(?<unit>[€£¥₹]) ?(?<value>[-+]?[0-9].*)$/,
  /^(?<value>[-+]?[0-9.,]+) ?(?<unit>[€£¥₹])$/,
];

/** Words after a number that are part of it. */
const NO_UNIT =
  /^\{? ?(?:hundred|thousand|million|billion|trillion|dozen|per ?cent|and|or|to|pi|tau|phi|sqrt|alpha|beta|gamma|theta|lambda|mod|choose|base|st|nd|rd|th|sin|cos|tan|log|ln)(?![a-zA-Z])/i;

/** Normalizes case, white space, and words in LaTeX. */
function tidied(text: string): string {
  return text
    .replaceAll(
      /\\(?:text|textbf|textit|textrm|mathrm|mathbf|mbox|rm) ?\{([^{}]*)\}/g,
      "$1",
    )
    .replaceAll(
      /\\[a-zA-Z]+|\p{Lu}/gu,
      (part) => part.startsWith("\\") ? part : part.toLowerCase(),
    )
    .replaceAll(/ ?([^\p{L}\p{N}\p{M} ]) ?/gu, "$1")
    .replace(/ ?per ?cent$/, "%")
    .replace(/^\(([a-z])\)$/, "$1")
    .trim();
}

/** Normalizes a decimal number, and returns any other text unchanged. */
function decimal(text: string): string {
  const [, sign, digits] = DECIMAL.exec(text) ?? [];
  if (digits === undefined) return text;
  const [whole = "", fraction = ""] = digits.replaceAll(/[ ,]/g, "").split(".");
  let start = 0;
  while (whole[start] === "0") start++;
  let end = fraction.length;
  while (fraction[end - 1] === "0") end--;
  const number = (whole.slice(start) || "0") +
    (end > 0 ? `.${fraction.slice(0, end)}` : "");
  return sign === "-" && number !== "0" ? `-${number}` : number;
}

const DECIMAL =
  /^([-+]?)((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+)$/;
