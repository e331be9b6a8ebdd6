/** How a text relates to the text before it. */
export type Continuation =
  /** It continues where the earlier text ends. */
  | "continues"
  /** It starts over. */
  | "restarts"
  /** It may be either. */
  | "unclear";

/**
 * Classifies whether a model continued a text or started over, by the characters where the texts meet.
 *
 * A continuation of half a sentence begins with a space, a lower-case letter, a digit, or punctuation.
 * A new start follows without a space, begins with a capital letter, and mostly with one of the
 * phrases with which models begin to think. After a whole sentence another sentence may follow. Only
 * a space or an empty line shows that it does, since new thoughts do not begin with those. Scripts
 * without capitals, lists, and headings are unclear.
 *
 * @param before The text that the request contained. Any text continues an empty one.
 * @param after The text that the model wrote.
 */
export function classifyContinuation(
  before: string,
  after: string,
): Continuation {
  const given = before.trimEnd();
  const text = after.trimStart();
  if (given === "") return "continues";
  if (text.startsWith("<think>")) return "restarts";
  if (text === "") return "unclear";
  const space = after.slice(0, after.length - text.length);
  const isCut = given.length < before.length;
  const isSentence = SENTENCE_END.test(given.slice(-8)) ||
    before.slice(given.length).includes("\n");
  return isSentence
    ? afterSentence(text, space, isCut)
    : afterHalfSentence(given, text, space, isCut);
}

/** Classifies the text after half a sentence, which white space may follow already. */
function afterHalfSentence(
  given: string,
  text: string,
  space: string,
  isCut: boolean,
): Continuation {
  const isGreeting = GREETING.test(text);
  if (space === "") {
    if (isCut || OPEN_MARK.test(given.slice(-1))) {
      return isGreeting || OPENING.test(text) || LIST.test(text)
        ? "unclear"
        : "continues";
    }
    if (isGreeting || OPENING.test(text)) return "restarts";
    return mayBegin(text) ? "unclear" : "continues";
  }
  if (!space.includes("\n")) return isGreeting ? "unclear" : "continues";
  if (isGreeting) return "restarts";
  if (EMPTY_LINE.test(space)) return "continues";
  return mayBegin(text) ? "unclear" : "continues";
}

/** Classifies the text after a whole sentence or line. */
function afterSentence(
  text: string,
  space: string,
  isCut: boolean,
): Continuation {
  const isGreeting = GREETING.test(text);
  if (space === "" && !isCut) {
    if (isGreeting || OPENING.test(text)) return "restarts";
    return mayBegin(text) ? "unclear" : "continues";
  }
  // "Hmm," and "Okay," also occur inside a thought. They continue it for sure only after a space.
  if (isGreeting) return space === " " && !isCut ? "continues" : "unclear";
  const isApart = !isCut && (!space.includes("\n") || EMPTY_LINE.test(space));
  return isApart || !mayBegin(text) ? "continues" : "unclear";
}

const SENTENCE_END = /[.!?…:;。！？；：।؟۔]["'”’»）)\]*_`$]*$/;

const EMPTY_LINE = /\n[^\S\n]*\n/;

/** A word after one of these does not begin a text. */
const OPEN_MARK = /["'“‘„«([{_`#*\-/\\]/;

/** How models begin a thought, and never continue one. */
const GREETING =
  /^(?:(?:okay|ok|alright|hmm+)(?=[,.!…])|(?:Okay|OK|Ok|Alright|All right|Hmm+|Got it|Sure|User|(?:So,? )?[Tt]he (?:user|question|problem|task|prompt)|We(?:['’]re| are) (?:asked|given|told)|Хорошо|Итак|D['’]accord|Also gut)(?![\p{L}\p{N}])|嗯|好的|好，|用户|ユーザー|사용자)/u;

/** How models begin a thought, or a sentence within one. */
const OPENING =
  /^(?:Let me|Let['’]s|Let us|First|Right|So,? (?:I|we|let)|We (?:need|have|want|must|are)|We['’]re|I (?:need|have|should|must|will)|I['’](?:m|ll)|To (?:solve|find|answer|determine|figure)|Thinking|Analysis|Here['’]s|This is a)(?![\p{L}\p{N}])|^(?:首先|我们需要|まず)/u;

/** The beginning of a list, a heading, or something in bold. A new list begins with 1. */
const LIST = /^(?:1[.)]\s|[-*•+]\s|#+\s|\*\*|[¿¡])/;

/** Whether a text may be a new start. In scripts without capitals, any text may be. */
function mayBegin(text: string): boolean {
  return LIST.test(text) || /^["'“„«*_(]*[\p{Lu}\p{Lo}]/u.test(text);
}
