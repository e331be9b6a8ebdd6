/** A text, and whether a prefix was taken off it. */
export interface TextBehindEcho {
  /** The text behind the prefix. */
  readonly text: string;
  /** Whether it began with the prefix. */
  readonly isEcho: boolean;
}

/** Below this a text that begins like the prefix may well be the model's own. */
const MIN_ECHO_CHARACTERS = 12;

/**
 * Takes off a text what some providers repeat in front of it: one of the prefixes, the longest
 * first, with or without `<think>`. White space may be another, and characters may be composed
 * another way. A prefix of less than 12 characters is only known behind its tag, where it ends with a whole word.
 */
export function withoutEcho(
  text: string,
  ...prefixes: readonly string[]
): TextBehindEcho {
  const start = text.trimStart();
  const behindTag = start.startsWith(TAG) ? start.slice(TAG.length) : null;
  for (const prefix of prefixes.toSorted((a, b) => b.length - a.length)) {
    if (prefix.trim() === "") continue;
    const isLong = prefix.trim().length >= MIN_ECHO_CHARACTERS;
    for (
      const form of [prefix, prefix.normalize("NFC"), prefix.normalize("NFD")]
    ) {
      const rest = behindTag === null ? null : restBehind(behindTag, form);
      if (rest !== null && (isLong || isWholeWord(form, rest))) {
        return { text: rest, isEcho: true };
      }
      const own = isLong ? restBehind(text, form) : null;
      if (own !== null) return { text: own, isEcho: true };
    }
  }
  return { text, isEcho: false };
}

const TAG = "<think>";

/** What stands behind the prefix, whatever white space either has in a place; null where it is not there. */
function restBehind(text: string, prefix: string): string | null {
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
