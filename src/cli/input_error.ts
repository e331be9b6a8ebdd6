/**
 * The content of an input is wrong: a data set, a prompt file, the configuration. The message names
 * the place. No `--help` is suggested.
 */
export class InputError extends Error {
  /** `InputError`. */
  override readonly name: string = "InputError";
}

/**
 * Runs a function that opens or reads a file that the user named.
 *
 * @throws {InputError} If the function fails.
 */
export async function withInputErrors<T>(
  run: () => T | Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new InputError(message);
  }
}
