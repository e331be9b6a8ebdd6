/** A word of a text. */
export interface SearchWord {
  /** The normalized word. */
  readonly term: string;
  /** The start in the text, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
}

/**
 * Splits a text into words for a search: runs of letters and digits, in lower case and without the
 * accents of Latin, Greek and Cyrillic. In scripts without spaces between words, each character is a
 * word, so that a search for several characters is a search for a phrase.
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
  // A loop, because a regular expression would overflow its backtracking stack in a run of megabytes.
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
      if (!WORD_CHARACTER.test(character)) break;
      if (isUnspaced(character)) {
        // It ends the word before it, or is a word by itself.
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
      if (isAscii || term === word) yield { term, start: at, end };
      else {
        // What a character is folded to can be several words, as for Thai U+0E33.
        for (const folded of searchWords(term)) {
          yield { term: folded.term, start: at, end };
        }
      }
      at = end;
    } else at++;
  }
}

/**
 * Prepares a text for the index, so that SQLite's tokenizer `ascii` finds the same words in it that
 * {@linkcode searchWords} finds in the text. The tokenizer folds ASCII, so only other runs are replaced.
 */
export function indexedText(text: string): string {
  return text.replace(
    BEYOND_ASCII,
    (run) => Array.from(searchWords(run), ({ term }) => term).join(" "),
  );
}

/** A run with a character beyond ASCII. It takes linear time on runs without one. */
const BEYOND_ASCII =
  /(?<![0-9A-Za-z\u0080-\uffff])[0-9A-Za-z]*[\u0080-\uffff][0-9A-Za-z\u0080-\uffff]*/g;

const WORD_CHARACTER = /[\p{L}\p{N}\p{M}]/u;

const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const NUMERAL = /\p{No}/u;

const MARK = /\p{M}/u;

const NOT_IN_TERMS = /[^\p{L}\p{N}\p{M}]|[\u0300-\u036f]/gu;

function isAsciiWord(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a);
}

/** Whether a character is a word, or is folded to one: `㊀` is folded to `一`. */
function isUnspaced(character: string): boolean {
  return UNSPACED.test(character) ||
    NUMERAL.test(character) && UNSPACED.test(character.normalize("NFKD"));
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
  // Lowercased again, because a mathematical letter may decompose to a capital.
  return word.toLowerCase().normalize("NFKD").toLowerCase()
    .replaceAll(NOT_IN_TERMS, "").replaceAll("ς", "σ");
}
