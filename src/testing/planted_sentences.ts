import sentences from "./planted_sentences.json" with { type: "json" };

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

/** The chain of thought: of 8 answers it leaves 6, then 4, 3, 2 and 1, in all wordings. */
export const PLANTED_SENTENCES: readonly PlantedSentence[] = sentences;
