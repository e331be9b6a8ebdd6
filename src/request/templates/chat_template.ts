/** A model's own chat template, as its makers published it. */
export interface ChatTemplate {
  /** The template's name in this package. */
  readonly name: string;
  /** The template, in the language Jinja. */
  readonly text: string;
  /** The token that a prompt of the model begins with, or `null` if there is none. */
  readonly bosToken: string | null;
  /** The token that ends an answer. */
  readonly eosToken: string;
  /** The npm package that the text was taken from, with its version. */
  readonly source: string;
  /** The SPDX name of the licence that the model's makers gave it. */
  readonly licence: string;
  /** SHA-256 of the text, in hex. */
  readonly sha256: string;
}
