/** The answers that a server has, by the name in their address, in bytes. */
export const ANSWER_BYTES = {
  "4k": 4600,
  "64k": 65_536,
  "1m": 1_048_576,
} as const;

/** A name of an answer. */
export type AnswerSize = keyof typeof ANSWER_BYTES;
