/** A token and the logarithm of its probability. */
export interface TopLogprob {
  /** Its text, or U+FFFD if it is only part of a character. */
  readonly text: string;
  /** The natural logarithm of its probability, or `null` if the server reports no number. */
  readonly logprob: number | null;
  /** The bytes of its text in UTF-8, or `null` if the server does not report them. */
  readonly bytes: readonly number[] | null;
}

/** A token of a text, its log-probability, and the most likely tokens at its position. */
export interface TokenLogprob extends TopLogprob {
  /**
   * Its text. A character whose bytes are in several tokens belongs to the last of them, if the server
   * reports the bytes.
   */
  readonly text: string;
  /**
   * Its offset in the text, in UTF-16 code units, or `null` if it is not part of the text, such as a token
   * that ends the reasoning or the answer.
   */
  readonly offset: number | null;
  /** The most likely tokens at its position, most likely first; empty if the server reports none. */
  readonly top: readonly TopLogprob[];
}

/** The log-probabilities of the tokens of a sample. */
export interface Logprobs {
  /** The tokens of the reasoning, up to the start of the content, or `null` if there are none. */
  readonly reasoning: readonly TokenLogprob[] | null;
  /**
   * The tokens of the content, or `null` if there are none. If the server reports one list and the
   * reasoning is not found in it, all tokens are here.
   */
  readonly content: readonly TokenLogprob[] | null;
}
