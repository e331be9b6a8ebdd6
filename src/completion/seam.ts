/** How a text stands to the one before it. */
export type Seam =
  /** The later text takes up where the earlier stops. */
  | "continues"
  /** It begins anew, as a text of its own. */
  | "restarts"
  /** It may be either. */
  | "unclear";

/**
 * Tells by the place where they meet whether a model went on with a thought or began another.
 *
 * What goes on behind half a sentence begins with a space, a small letter, a digit or a mark. What
 * begins anew sticks to the end of the earlier text, has a capital letter, and mostly one of the
 * phrases with which models begin to think. Behind a whole sentence another one may follow: only a space
 * or an empty line tells that it does, since thoughts do not begin with those. Scripts without
 * capitals, lists and headings may be either, and so may much else: then it says so.
 *
 * @param before The thought that was given. Whatever follows an empty one goes on with it.
 * @param after What the model wrote.
 */
export function seam(before: string, after: string): Seam {
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
    ? behindSentence(text, space, isCut)
    : behindHalf(given, text, space, isCut);
}

/** Behind half a sentence, which white space may follow already. */
function behindHalf(
  given: string,
  text: string,
  space: string,
  isCut: boolean,
): Seam {
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

/** Behind a whole sentence or line. */
function behindSentence(text: string, space: string, isCut: boolean): Seam {
  const isGreeting = GREETING.test(text);
  if (space === "" && !isCut) {
    if (isGreeting || OPENING.test(text)) return "restarts";
    return mayBegin(text) ? "unclear" : "continues";
  }
  // Thoughts turn with "Hmm," and "Okay," too: only behind a space it is sure that they go on.
  if (isGreeting) return space === " " && !isCut ? "continues" : "unclear";
  const isApart = !isCut && (!space.includes("\n") || EMPTY_LINE.test(space));
  return isApart || !mayBegin(text) ? "continues" : "unclear";
}

const SENTENCE_END = /[.!?…:;。！？；：।؟۔]["'”’»）)\]*_`$]*$/;

const EMPTY_LINE = /\n[^\S\n]*\n/;

/** Behind one of these a word is no beginning of a text. */
const OPEN_MARK = /["'“‘„«([{_`#*\-/\\]/;

/** How models begin a thought, and go on with none. */
const GREETING =
  /^(?:(?:okay|ok|alright|hmm+)(?=[,.!…])|(?:Okay|OK|Ok|Alright|All right|Hmm+|Got it|Sure|User|(?:So,? )?[Tt]he (?:user|question|problem|task|prompt)|We(?:['’]re| are) (?:asked|given|told)|Хорошо|Итак|D['’]accord|Also gut)(?![\p{L}\p{N}])|嗯|好的|好，|用户|ユーザー|사용자)/u;

/** With what else they begin thoughts, and sentences in the middle of them. */
const OPENING =
  /^(?:Let me|Let['’]s|Let us|First|Right|So,? (?:I|we|let)|We (?:need|have|want|must|are)|We['’]re|I (?:need|have|should|must|will)|I['’](?:m|ll)|To (?:solve|find|answer|determine|figure)|Thinking|Analysis|Here['’]s|This is a)(?![\p{L}\p{N}])|^(?:首先|我们需要|まず)/u;

/** The beginning of a list, a heading, or something in bold. */
const LIST = /^(?:\d+[.)]\s|[-*•+]\s|#+\s|\*\*|[¿¡])/;

/** Whether a text may be the beginning of one: scripts without capitals never tell. */
function mayBegin(text: string): boolean {
  return LIST.test(text) || /^["'“„«*_(]*[\p{Lu}\p{Lo}]/u.test(text);
}
