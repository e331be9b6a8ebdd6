/** A word as searches know it, and where it stands. */
export interface SearchWord {
  /** The word in the form that it is compared in. */
  readonly term: string;
  /** Where it begins, in UTF-16 code units. */
  readonly start: number;
  /** Where it ends. */
  readonly end: number;
}

/**
 * The words of a text, as searches know them: runs of letters and digits, without case and without the
 * accents of Latin, Greek and Cyrillic. Of scripts that put no space between words each letter is one,
 * so that a word in them is a phrase.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { searchWords } from "./search_words.ts";
 *
 * const terms = [...searchWords("Naïve: f(𝑥)=x_1, 数学")].map(({ term }) => term);
 * assertEquals(terms, ["naive", "f", "x", "x", "1", "数", "学"]);
 * ```
 */
export function* searchWords(
  text: string,
): Generator<SearchWord, void, undefined> {
  // By hand: a pattern would keep a way back for each letter of a run, and fail in one of megabytes.
  for (let at = 0; at < text.length;) {
    let end = at;
    let isAscii = true;
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (code < 0x80) {
        if (!isAsciiWord(code)) break;
        continue;
      }
      const character = String.fromCodePoint(text.codePointAt(end)!);
      if (!PART_OF_WORDS.test(character)) break;
      if (UNSPACED.test(character)) {
        // It ends what came before it, or is a word by itself.
        if (end > at) break;
        isAscii = false;
        end = endOfMarks(text, at + character.length);
        break;
      }
      isAscii = false;
      end += character.length - 1;
    }
    if (end > at) {
      const word = text.slice(at, end);
      const term = isAscii ? word.toLowerCase() : folded(word);
      if (term !== "") yield { term, start: at, end };
      at = end;
    } else at++;
  }
}

/**
 * A text as the index is given it: SQLite's tokenizer `ascii` finds in it the very words that
 * {@linkcode searchWords} finds in the text itself. It folds ASCII by itself, so only what is beyond that
 * is written anew.
 */
export function indexedText(text: string): string {
  return text.replace(
    BEYOND_ASCII,
    (run) => Array.from(searchWords(run), ({ term }) => term).join(" "),
  );
}

/** A run that has a character beyond ASCII; one that has none is gone through once, whatever its length. */
const BEYOND_ASCII =
  /(?<![0-9A-Za-z\u0080-\uffff])[0-9A-Za-z]*[\u0080-\uffff][0-9A-Za-z\u0080-\uffff]*/g;

const PART_OF_WORDS = /[\p{L}\p{N}\p{M}]/u;

const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const MARK = /\p{M}/u;

const NO_PART_OF_TERMS = /[^\p{L}\p{N}\p{M}]|[\u0300-\u036f]/gu;

function isAsciiWord(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a);
}

function endOfMarks(text: string, from: number): number {
  let end = from;
  while (end < text.length) {
    const character = String.fromCodePoint(text.codePointAt(end)!);
    if (!MARK.test(character)) break;
    end += character.length;
  }
  return end;
}

function folded(word: string): string {
  // Once more in lower case: what a mathematical letter stands for may be a capital.
  return word.toLowerCase().normalize("NFKD").toLowerCase()
    .replaceAll(NO_PART_OF_TERMS, "").replaceAll("ς", "σ");
}
