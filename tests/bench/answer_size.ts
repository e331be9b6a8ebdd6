/** The sizes of the answers in bytes, by the name in their URL. */
export const ANSWER_BYTES = {
  "4k": 4600,
  "64k": 65_536,
  "1m": 1_048_576,
} as const;

/** The name of an answer. */
export type AnswerSize = keyof typeof ANSWER_BYTES;
