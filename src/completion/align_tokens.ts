import { ResponseError, RolloutsError } from "../errors.ts";
import type { UnplacedToken } from "../read_logprobs.ts";
import type { ScoredToken } from "../score.ts";

/** The character that servers report for part of a character. */
const PART = "\ufffd";

/**
 * Finds the tokens of a text that ends a list of tokens, from the last one back.
 *
 * A server that does not report bytes has U+FFFD in tokens that contain a part of a character. The
 * tokens around them show which characters these are; the last token of such a group gets them.
 *
 * @param url The server, for messages.
 * @throws {RolloutsError} If a token begins before the text and ends in it.
 * @throws {ResponseError} If the tokens do not end with the text, or one has no log-probability.
 */
export function alignTokens(
  tokens: readonly UnplacedToken[],
  text: string,
  url: string,
): ScoredToken[] {
  const found: ScoredToken[] = [];
  let end = text.length;
  let at = tokens.length;
  while (end > 0) {
    const from = groupStart(tokens, at);
    const group = tokens.slice(from, at);
    if (group.length === 0) throw notFound(url);
    const start = group[0]!.text.includes(PART)
      ? startOfParts(tokens, { from, at, text, end })
      : end - group[0]!.text.length;
    if (start < 0 && text.slice(0, end) === group[0]!.text.slice(-end)) {
      throw spansSeam(group[0]!.text, text.slice(0, end));
    }
    const written = text.slice(Math.max(0, start), end);
    const isFound = start >= 0 &&
      (group[0]!.text.includes(PART) || group[0]!.text === written);
    if (!isFound) throw notFound(url);
    found.push(...placedGroup(group, written, { start, url }).reverse());
    end = start;
    at = from;
  }
  // The first bytes of the first character.
  for (let part; isPart(part = tokens[--at]);) {
    found.push(...placedGroup([part!], "", { start: 0, url }));
  }
  return found.reverse();
}

/** Whether a token's bytes are only part of a character, which is in a later token. */
function isPart(token: UnplacedToken | undefined): boolean {
  return token?.text === "" && (token.bytes?.length ?? 0) > 0;
}

/** Returns the index of the first token of the group that ends before `end`: one token, or all with parts. */
function groupStart(tokens: readonly UnplacedToken[], end: number): number {
  let from = end - 1;
  if (!tokens[from]?.text.includes(PART)) return Math.max(0, from);
  while (tokens[from - 1]?.text.includes(PART)) from--;
  return from;
}

/** Returns where the characters of a group of parts begin in the text, or -1. */
function startOfParts(
  tokens: readonly UnplacedToken[],
  { from, at, text, end }: {
    readonly from: number;
    readonly at: number;
    readonly text: string;
    readonly end: number;
  },
): number {
  const group = tokens.slice(from, at).map((token) => token.text).join("");
  const head = group.slice(0, group.indexOf(PART));
  const tail = group.slice(group.lastIndexOf(PART) + PART.length);
  const parts = group.split(PART).length - 1;
  const before = tokens.slice(groupStart(tokens, from), from)[0]?.text ?? "";
  // A character has at least two parts, and at most two code units.
  for (let length = 1; length <= parts; length++) {
    const start = end - tail.length - length - head.length;
    if (start < 0) return -1;
    const written = text.slice(start, end);
    const characters = written.slice(head.length, head.length + length);
    if (
      written.startsWith(head) && written.endsWith(tail) &&
      NOT_ASCII.test(characters) && characters.isWellFormed() &&
      isSuffix(before, text.slice(0, start))
    ) return start;
  }
  return -1;
}

// deno-lint-ignore no-control-regex
const NOT_ASCII = /^[^\x00-\x7f]+$/;

/** Whether one of two texts ends with the other. */
function isSuffix(a: string, b: string): boolean {
  return a.length < b.length ? b.endsWith(a) : a.endsWith(b);
}

/** Returns a group with its places: all but the clean start of its text is in the last token. */
function placedGroup(
  group: readonly UnplacedToken[],
  written: string,
  { start, url }: { readonly start: number; readonly url: string },
): ScoredToken[] {
  let at = 0;
  return group.map((token, index) => {
    const { logprob } = token;
    if (logprob === null) {
      throw new ResponseError(
        `unexpected response from ${url}: the token ${
          JSON.stringify(token.text)
        } has no log-probability`,
      );
    }
    const offset = start + at;
    const [clean = ""] = index === 0 ? token.text.split(PART) : [];
    const text = index === group.length - 1 ? written.slice(at) : clean;
    at += text.length;
    return { ...token, text, logprob, offset };
  });
}

function spansSeam(token: string, part: string): RolloutsError {
  const before = token.slice(0, -part.length);
  return new RolloutsError(
    `the token ${JSON.stringify(token)} spans the end of the prompt (${
      JSON.stringify(before)
    }) and the start of the text (${JSON.stringify(part)}), ` +
      "so the text has no probability of its own: end the prompt before or after the token",
  );
}

function notFound(url: string): ResponseError {
  return new ResponseError(
    `unexpected response from ${url}: its tokens do not end with the text; ` +
      "the server may not report the tokens of a prompt",
  );
}
