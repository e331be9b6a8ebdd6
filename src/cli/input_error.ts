/** What was read is wrong: a data set, or the configuration. Its message says where, and no help does. */
export class InputError extends Error {
  /** `InputError`. */
  override readonly name: string = "InputError";
}
