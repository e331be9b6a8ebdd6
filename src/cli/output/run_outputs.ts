import { isSameFile } from "../../platform/is_same_file.ts";
import { openTextOutput, type TextOutput } from "../../platform/text_output.ts";
import { UsageError } from "../usage_error.ts";

/** Outputs that appear together, or not at all. */
export class RunOutputs implements AsyncDisposable {
  readonly #open: TextOutput[] = [];

  /** Opens one more; stdout where it is called `-`. */
  async open(path: string): Promise<TextOutput> {
    const output = await openTextOutput(path);
    this.#open.push(output);
    return output;
  }

  /** Ends all of them. */
  async commit(): Promise<void> {
    for (const output of this.#open.splice(0)) await output.commit();
  }

  /** Ends all but the first, which stays as it was. */
  async commitOthers(): Promise<void> {
    await this.#open.shift()?.discard();
    await this.commit();
  }

  /** Gives up those that have not ended. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const output of this.#open.splice(0)) await output.discard();
  }
}

/**
 * Makes sure that what is written takes the place neither of what is read, nor of something else that is
 * written.
 *
 * @throws {UsageError} Where it would.
 */
export function checkOutputs(
  file: string,
  output: unknown,
  errors: unknown,
): void {
  const named = Object.entries({
    FILE: file,
    "--output": output,
    "--errors": errors,
  })
    .filter((entry): entry is [string, string] =>
      typeof entry[1] === "string" && entry[1] !== "-"
    );
  for (const [i, [name, path]] of named.entries()) {
    const other = named.slice(0, i).find(([, before]) =>
      isSameFile(path, before)
    );
    if (other === undefined) continue;
    throw new UsageError(
      `${name} must not be the file of ${other[0]}: ${path}`,
    );
  }
  if (
    typeof output === "string" && /\.(csv|tsv|parquet|xlsx?)$/i.test(output)
  ) {
    throw new UsageError(
      `run writes JSON lines, got ${output}; rollouts cache export writes tables`,
    );
  }
}
