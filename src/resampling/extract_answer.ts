/**
 * How an answer is extracted from a text:
 *
 * - `boxed`: the content of the last `\boxed{…}` or `\fbox{…}`; none if its braces are not closed
 * - `number`: the last number, without currency and thousands separators, with a `%` that follows it:
 *   `-1234.5`, `50%`. In `1/2` it is the `2`
 * - `choice`: a letter A to E: the boxed one, else the one after the last "answer is" or similar, else the
 *   last one between spaces or punctuation
 * - a regular expression: the first group of its last match, or the whole match if it has no group
 * - a function: its result, unchanged
 */
export type AnswerRule =
  | "boxed"
  | "number"
  | "choice"
  | RegExp
  | ((text: string) => string | null);

/**
 * Extracts the answer from a text, or returns `null` if there is none or it is only white space.
 *
 * White space, dollar signs and periods around an answer are removed, and so is a `\text{…}` that contains
 * all of it: the answer in `\boxed{\text{(B)}.}` is `(B)`. The result of a function is not changed.
 *
 * @throws {TypeError} If the rule is invalid.
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { extractAnswer } from "@rollouts/client/resampling";
 *
 * assertEquals(extractAnswer("So it is \\boxed{\\frac{1}{2}}.", "boxed"), "\\frac{1}{2}");
 * assertEquals(extractAnswer("5*10 makes $1,000.50 in all.", "number"), "1000.50");
 * assertEquals(extractAnswer("The answer is (B).", "choice"), "B");
 * assertEquals(extractAnswer("Answer: yes\nAnswer: no", /^Answer: (.*)$/m), "no");
 * assertEquals(extractAnswer("I do not know.", "boxed"), null);
 * ```
 */
export function extractAnswer(text: string, rule: AnswerRule): string | null {
  if (typeof rule === "function") return rule(text);
  if (rule instanceof RegExp) {
    const flags = rule.flags.replaceAll(/[gy]/g, "") + "g";
    return cleaned(lastMatch(text, new RegExp(rule.source, flags)));
  }
  switch (rule) {
    case "boxed":
      return cleaned(lastBoxed(text));
    case "number":
      return lastMatch(text, NUMBER)?.replaceAll(/[$€£¥₹,{}\\\s]/g, "")
        .replace("−", "-") ?? null;
    case "choice":
      return lastMatch(text, BOXED_CHOICE) ?? lastMatch(text, STATED_CHOICE) ??
        lastMatch(text, LONE_CHOICE);
    default:
      throw new TypeError(
        `an answer's rule must be "boxed", "number", "choice", a regular expression or a function, got ${
          JSON.stringify(rule)
        }`,
      );
  }
}

/** A minus sign counts if it cannot be an operator between two terms. */
const NUMBER =
  /(?:(?<![\p{L}\p{N})\]}])[-−])?[$€£¥₹]?(?:[0-9]{1,3}(?:(?:,|\{,\})[0-9]{3})+(?![0-9])|[0-9]+|(?=\.[0-9]))(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?(?:\s?\\?%)?/gu;

// What may surround the letter of a choice: white space, quotes, brackets, Markdown, LaTeX.
const AROUND = String
  .raw`(?:[\s"'“‘*_$([{]|\\(?:text|textbf|mathrm|mathbf)\{|\\\()*`;
const END = String.raw`(?![\p{Script=Latin}\p{N}'’])`;
const BOXED_CHOICE = new RegExp(
  String.raw`\\(?:boxed|fbox)${AROUND}([A-E])${END}`,
  "gu",
);
const STATED_CHOICE = new RegExp(
  String.raw`\b(?:[Aa]nswer|ANSWER|[Cc]hoice|[Oo]ption)(?:\*\*)?` +
    String
      .raw`(?:\s+is|\s*[:=])${AROUND}(?:(?:[Oo]ption|[Cc]hoice)${AROUND})?` +
    String.raw`([A-E])${END}`,
  "gu",
);
/** An "A" before a lower-case word is an article. */
const LONE_CHOICE = new RegExp(
  String.raw`(?<![\p{Script=Latin}\p{N}'’\\])` +
    String.raw`(?:[B-E]|A(?!\s+\p{Ll}))${END}`,
  "gu",
);

function lastMatch(text: string, pattern: RegExp): string | null {
  let found: string | null = null;
  for (const match of text.matchAll(pattern)) found = match[1] ?? match[0];
  return found;
}

/** Long enough for the command and some white space after it. */
const LONGEST_COMMAND = 40;

/** Returns the content of the last box. Without braces it ends at white space or a `$`: `\boxed 5`. */
function lastBoxed(text: string): string | null {
  const start = Math.max(
    text.lastIndexOf("\\boxed"),
    text.lastIndexOf("\\fbox"),
  );
  if (start === -1) return null;
  const [command, space] = /^\\(?:boxed|fbox)(\s*)/.exec(
    text.slice(start, start + LONGEST_COMMAND),
  )!;
  const from = start + command.length;
  if (text[from] === "{") return insideBraces(text, from + 1);
  const isCommand = space !== "" || !/[a-zA-Z]/.test(text[from] ?? "");
  return isCommand ? /^[^\s$]+/.exec(text.slice(from))?.[0] ?? null : null;
}

/** A brace after a backslash does not count. */
function insideBraces(text: string, start: number): string | null {
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === "\\") at++;
    else if (character === "{") depth++;
    else if (character === "}" && --depth === 0) return text.slice(start, at);
  }
  return null;
}

function cleaned(found: string | null): string | null {
  if (found === null) return null;
  let answer = found;
  for (let before = ""; before !== answer;) {
    before = answer;
    answer = trimmed(answer);
    const inner = WHOLE_TEXT.exec(answer)?.[1];
    if (inner !== undefined) answer = inner;
  }
  return answer === "" ? null : answer;
}

/** Without inner braces, so that `\text{a} \text{b}` does not match. */
const WHOLE_TEXT = /^\\(?:text|textbf|textit|mathrm|mathbf|mbox)\{([^{}]*)\}$/;

/** Keeps leading periods: `.5`. A loop, because a pattern at the end takes quadratic time on long runs. */
function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && /[\s$]/.test(text[start]!)) start++;
  while (
    end > start && /[\s.$。]/.test(text[end - 1]!) && text[end - 2] !== "\\"
  ) {
    end--;
  }
  return text.slice(start, end);
}
