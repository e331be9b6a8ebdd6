import abbreviations from "./abbreviations.json" with { type: "json" };

/** Punctuation that may end a sentence, and its context. */
export interface SentenceMark {
  /** The sentence before the mark; only the end of a long one. */
  readonly before: string;
  /** Whether `before` is the whole sentence. */
  readonly isWhole: boolean;
  /** Whether the sentence starts a line. */
  readonly startsLine: boolean;
  /** The mark: one or more of `.`, `!`, `?`, `…` and similar. */
  readonly mark: string;
  /** The closing quotes, brackets and Markdown (`*`, `_`, backtick) after the mark, if any. */
  readonly closers: string;
  /** Whether white space or the end of the text follows. */
  readonly spaceAfter: boolean;
  /** The text after the white space. */
  readonly after: string;
}

/**
 * Whether a mark ends a sentence. It does not
 *
 * - inside a number, a file name or an address: white space must follow `.`, `!` and `?`, but not the marks
 *   of scripts without spaces (`。`, `！`, `？`) or a danda
 * - after an abbreviation (`e.g.`, `Dr.`, `z. B.`); after one that can end a sentence (`etc.`) if a
 *   lower-case letter follows
 * - after the number or letter of a list item or step: `1. `, `(a). `, `Step 2. `
 * - after an initial (`George B. Dantzig`), or before the name of a month (`3. Oktober`)
 * - as an ellipsis (`…`), after a closing quote or bracket, or as a factorial (`5! is`), if a lower-case
 *   letter follows
 * - before punctuation that continues a sentence (`,`, `=`, `+`)
 */
export function endsSentence(mark: SentenceMark): boolean {
  if (CONTINUES.test(mark.after)) return false;
  if (!mark.spaceAfter) return endsWithoutSpace(mark);
  if (mark.after === "") return true;
  const { closers, after } = mark;
  const isSmall = /^\p{Ll}/u.test(after);
  if (isSmall && /["'”’“»)\]}]$/u.test(closers)) return false;
  if (/^!+$/.test(mark.mark) && isFactorial(mark)) return false;
  if (/^(?:…|\.\.)/.test(mark.mark)) return !isSmall;
  if (mark.mark !== ".") return true;
  return !isMarker(mark) && (closers !== "" || !isAbbreviated(mark));
}

/** Matches text that cannot start a sentence. A `*` without white space after it starts Markdown. */
const CONTINUES = /^(?:[,;:=+<>/^|)\]}»，；：、）】」』》]|\*\s)/u;

/** Scripts without spaces have their own punctuation, and also use `!` and `?`. */
function endsWithoutSpace({ before, mark, closers, after }: SentenceMark) {
  const last = mark.at(-1)!;
  if (/[!?]/.test(last)) {
    return IDEOGRAPH_END.test(before) && IDEOGRAPH_START.test(after);
  }
  if (/[.…\u2024\uff0e]/.test(last)) return false;
  // A sentence continues after a quoted question: “好吗？”他问。
  return !(/[？！]/.test(last) && /[”’」』]/.test(closers));
}

const IDEOGRAPH_END =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u;
const IDEOGRAPH_START =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

function isFactorial({ before, closers, after }: SentenceMark): boolean {
  return closers === "" &&
    /(?:[0-9)}\]]|(?<![\p{L}'’])\p{L})$/u.test(before) &&
    /^(?:\p{Ll}|[-−×·*÷≤≥≈\\])/u.test(after);
}

function isMarker(
  { before, isWhole, startsLine, after }: SentenceMark,
): boolean {
  if (isWhole && startsLine && MARKER.test(`${before.trim()}.`)) return true;
  // "Options: 1. this"
  return /(?:^|[:;]\s)\s*1$/.test(before) && (!isWhole || /:/.test(before)) &&
    /^[\p{L}*]/u.test(after);
}

/** The number or letter of a list item or step. */
const MARKER =
  /^(?:[#>*+•–—-]+\s*)*[*_([]*(?:(?:step|case|part|schritt|fall|teil|étape|paso|passo)\s+)?(?:[0-9]{1,3}(?:\.[0-9]{1,3})*|[a-z]|(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3}))[)\]*_]*\.$/i;

function isAbbreviated({ before, isWhole, after }: SentenceMark): boolean {
  const word = /(?:\p{L}[\p{L}\p{M}]*\.\s?)*[\p{L}\p{M}]*$/u.exec(before)![0];
  const dotted = word.replaceAll(/\s/g, "").toLowerCase();
  const last = dotted.slice(dotted.lastIndexOf(".") + 1);
  if (last === "") return /[0-9]$/.test(before) && MONTH.test(after);
  const lastTwo = dotted.split(".").slice(-2).join(".");
  if (NEVER_LAST.has(lastTwo) || NEVER_LAST.has(last)) return true;
  // The first half of "z. B."
  const [, initial] = /^(\p{L})\./u.exec(after) ?? [];
  if (NEVER_LAST.has(`${last}.${initial?.toLowerCase()}`)) return true;
  const isSmall = /^\p{Ll}/u.test(after);
  if (MAYBE_LAST.has(lastTwo) || MAYBE_LAST.has(last)) return isSmall;
  // "U.S. law", but "in the U.S. The law"
  if (/^(?:\p{L}\.)+\p{L}$/u.test(dotted)) {
    return isSmall || (/^\p{Lu}/u.test(after) && !STARTER.test(after));
  }
  if (BEFORE_NUMBER.has(last)) return /^[(#]?(?:[0-9]|[ivxIVX]+\b)/.test(after);
  return isInitial(before, isWhole, after);
}

function isInitial(before: string, isWhole: boolean, after: string): boolean {
  // The first of "J. F. Kennedy"
  if (/^\p{Lu}\.\s\p{Lu}\p{Ll}/u.test(after)) {
    return /(?:^|\s)\p{Lu}$/u.test(before);
  }
  if (!/^\p{Lu}\p{Ll}/u.test(after) || STARTER.test(after)) return false;
  const [, name] = /(?:^|\s)(?:(\p{Lu}\p{L}+\.?|\p{Lu}\.)\s+)?\p{Lu}$/u
    .exec(before) ?? [null, null];
  if (name === null) return false;
  if (name === undefined) return isWhole && /^\s*\p{Lu}$/u.test(before);
  return !LABEL.test(name);
}

/** Words that a letter follows as a name: "point A. Double it" ends a sentence. */
const LABEL =
  /^(?:Answer|Box|Case|Choice|Class|Column|Equation|Event|Figure|Function|Graph|Group|Line|Matrix|Model|Node|Option|Part|Person|Plan|Player|Point|Row|Set|Statement|Step|Team|Theorem|Triangle|Type|Vertex|Antwort|Fall|Punkt)$/;

/** Words that start sentences and are not names. */
const STARTER =
  /^(?:A|After|Also|Alternatively|An|And|Another|Are|As|At|Because|But|By|Can|Could|Did|Do|Does|Each|First|For|From|He|Hence|Her|Here|His|How|However|I|If|In|Is|It|Its|Let|Maybe|My|Next|No|Not|Now|Okay|On|One|Or|Our|She|Since|So|Some|Than|That|The|Then|There|Therefore|These|They|This|Those|Thus|To|Two|Wait|We|What|When|Where|Which|While|Who|Why|With|Yes|You|Das|Der|Die|Es|Ich|Wir)(?![\p{L}\p{M}])/u;

const MONTH =
  /^(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jahrhundert)(?!\p{L})/u;

const NEVER_LAST: ReadonlySet<string> = new Set(abbreviations.neverLast);

/** Abbreviations if a number follows, words otherwise. */
const BEFORE_NUMBER: ReadonlySet<string> = new Set(abbreviations.beforeNumber);

/** Abbreviations that end a sentence unless a lower-case letter follows. */
const MAYBE_LAST: ReadonlySet<string> = new Set(abbreviations.maybeLast);
