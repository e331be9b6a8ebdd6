/** A sentence of the planted chain of thought. */
export interface PlantedSentence {
  /** Its wordings, all equally likely. */
  readonly wordings: readonly string[];
  /**
   * Whether it decides something. The remaining answers are then divided, in order, into as many
   * equal parts as there are wordings, and each wording rules out one part.
   */
  readonly isDecisive: boolean;
}

/** The possible answers of the planted chain of thought, in order. */
export const PLANTED_ANSWERS: readonly string[] = [..."12345678"];

/** A question that fits the planted chain of thought. The model reasons the same on any question. */
export const PLANTED_QUESTION =
  "I think of a number from 1 to 8. Which? Put the answer into \\boxed{}.";

/** The sentences, one per line, as wordings between bars. "!" marks the decisive ones. */
const TABLE = `
  Okay, there is a number to guess. | Let me look at the question first. | So I have to find somebody's number.
  It may be any of eight. | There are eight of them, and one is right. | One of the eight must be it.
! Nobody takes the lowest two. | Hardly anybody thinks of three or four. | Five and six are too plain. | People shun the highest two.
  Hmm, let me not hurry. | I will take it slowly. | There is no need to rush.
  Nothing else is said about it. | The question gives no other hint. | That is all that is given.
! The bottom two of the six look wrong. | Whatever is in the middle cannot be it. | I would not go for the uppermost pair.
  I write down the others again. | Let me note once more what is left. | The rest is clear to me.
  One step after the other. | I go step by step. | Let me do this in steps.
! Four remain, and the first is out. | It cannot be second of these. | Number three I cross off my list. | Whatever stands last gets dropped.
  That was more than half of the way. | So much for that. | Good, that is done.
  Now few are left. | There are not many any more. | It cannot take long now.
  I am fairly sure of this so far. | Wait, let me think about what I have. | This seems fine up to here.
  Let me go on. | On to what comes next. | I go on with it.
  It is a small riddle. | This is not hard to think through. | That can be done in the head.
! Among the three, I drop the smallest. | What lies between both others goes. | Surely it is not that large.
  Let me say that again in my own words. | To put it another way, that is it. | That is how I see it.
  I could note it on paper. | A look back would do no harm. | Let me go over that in my head.
! It comes down to two, and the upper one it is. | Only a pair remains: I take its lower half.
  So I can write the answer. | Now the answer can be written. | That settles it for me.
  It goes into a box. | I put it into a box. | The box is what was asked for.
`;

/** The chain of thought: of 8 answers it leaves 6, then 4, 3, 2 and 1, in all wordings. */
export const PLANTED_SENTENCES: readonly PlantedSentence[] = TABLE.trim()
  .split("\n")
  .map((line) => ({
    wordings: line.replace("!", "").trim().split(" | "),
    isDecisive: line.startsWith("!"),
  }));
