/**
 * The content of an input is wrong: a data set, a prompt file, the configuration. The message names
 * the place. No `--help` is suggested.
 */
export class InputError extends Error {
  /** `InputError`. */
  override readonly name: string = "InputError";
}
