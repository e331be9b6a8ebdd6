import { OPEN_TAG } from "../think_tags.ts";

/** A text without its echo. */
export interface StrippedText {
  /** The text after the prefix. */
  readonly text: string;
  readonly isEcho: boolean;
}

/** With fewer characters, a text that begins like the prefix may be the model's own. */
const MIN_ECHO_CHARACTERS = 12;

/**
 * Removes the prefill that some providers repeat at the start of a text: the longest of `prefixes`
 * that matches, with or without `<think>`. White space and the Unicode composition of characters may
 * differ. A prefix of fewer than 12 characters is only removed after `<think>`, and if it ends with
 * a whole word.
 */
export function stripEcho(
  text: string,
  ...prefixes: readonly string[]
): StrippedText {
  const start = text.trimStart();
  const afterTag = start.startsWith(OPEN_TAG)
    ? start.slice(OPEN_TAG.length)
    : null;
  for (const prefix of prefixes.toSorted((a, b) => b.length - a.length)) {
    if (prefix.trim() === "") continue;
    const isLong = prefix.trim().length >= MIN_ECHO_CHARACTERS;
    for (
      const form of [prefix, prefix.normalize("NFC"), prefix.normalize("NFD")]
    ) {
      const rest = afterTag === null ? null : afterPrefix(afterTag, form);
      if (rest !== null && (isLong || isWholeWord(form, rest))) {
        return { text: rest, isEcho: true };
      }
      const own = isLong ? afterPrefix(text, form) : null;
      if (own !== null) return { text: own, isEcho: true };
    }
  }
  return { text, isEcho: false };
}

/** Returns the text after the prefix, or `null` if it does not begin with it. White space may differ. */
function afterPrefix(text: string, prefix: string): string | null {
  if (text.startsWith(prefix)) return text.slice(prefix.length);
  const end = prefix.trimEnd().length;
  let at = skipSpace(text, 0);
  for (let i = skipSpace(prefix, 0); i < end; i++) {
    if (isSpace(prefix, i)) {
      if (!isSpace(text, at)) return null;
      at = skipSpace(text, at);
      i = skipSpace(prefix, i) - 1;
    } else if (text[at++] !== prefix[i]) return null;
  }
  return text.slice(at);
}

function isWholeWord(prefix: string, rest: string): boolean {
  return !/[\p{L}\p{N}]$/u.test(prefix) || !/^[\p{L}\p{N}'’]/u.test(rest);
}

function skipSpace(text: string, at: number): number {
  while (isSpace(text, at)) at++;
  return at;
}

function isSpace(text: string, at: number): boolean {
  return at < text.length && text[at]!.trim() === "";
}
