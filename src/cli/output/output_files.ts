import { checkOutput } from "../../platform/check_output.ts";
import { isSameFile } from "../../platform/is_same_file.ts";
import { openTextOutput, type TextOutput } from "../../platform/text_output.ts";
import { withInputErrors } from "../input_error.ts";
import { UsageError } from "../usage_error.ts";
import type { CliOutput } from "./cli_output.ts";

/** Writes text to an output. Resolves when more can be written. */
export type WriteText = (text: string) => Promise<void>;

/** A file that is renamed to its final name when it is complete. */
export type PendingFile = Pick<TextOutput, "commit" | "discard">;

/** The output files of a command. They appear together, or none of them does. */
export class OutputFiles implements AsyncDisposable {
  readonly #output: CliOutput;
  /** By path. */
  readonly #files = new Map<string, PendingFile>();

  /** Starts without files. The output is the stdout for the path `-`. */
  constructor(output: CliOutput) {
    this.#output = output;
  }

  /**
   * Opens a file for text, or stdout if the path is `-`.
   *
   * @throws {InputError} If it cannot be written.
   */
  async open(path: string): Promise<WriteText> {
    if (path === "-") return (text) => this.#output.write(text);
    const file = await withInputErrors(() => openTextOutput(path));
    this.add(path, file);
    return (text) => file.write(text);
  }

  /** Adds a file that was opened elsewhere. */
  add(path: string, file: PendingFile): void {
    this.#files.set(path, file);
  }

  /** Completes all files. */
  async commit(): Promise<void> {
    for (const file of this.#take()) await file.commit();
  }

  /** Discards a file, and keeps the existing file at its path. Does nothing for stdout. */
  async discard(path: string): Promise<void> {
    const file = this.#files.get(path);
    this.#files.delete(path);
    await file?.discard();
  }

  /** Discards the files that are not complete. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const file of this.#take()) await file.discard();
  }

  #take(): PendingFile[] {
    const files = [...this.#files.values()];
    this.#files.clear();
    return files;
  }
}

/**
 * Checks that outputs can be written, and replace neither the input nor each other.
 *
 * @throws {UsageError} If one would replace another file on the command line.
 * @throws {InputError} If one cannot be written.
 */
export async function checkOutputs(
  file: string,
  output?: string,
  errors?: string,
): Promise<void> {
  const named = Object.entries({
    FILE: file,
    "--output": output,
    "--errors": errors,
  })
    .filter((entry): entry is [string, string] =>
      entry[1] !== undefined && entry[1] !== "-"
    );
  for (const [i, [name, path]] of named.entries()) {
    const other = named.slice(0, i).find(([, before]) =>
      isSameFile(path, before)
    );
    if (other === undefined) continue;
    throw new UsageError(
      `${name} and ${other[0]} are the same file (${path}): choose another one`,
    );
  }
  if (output !== undefined && /\.(csv|tsv|parquet|xlsx?)$/i.test(output)) {
    throw new UsageError(
      `run writes JSON lines, got --output ${output}: use a name that ends in .jsonl, ` +
        "or rollouts cache export for tables",
    );
  }
  for (const [name, path] of named) {
    if (name !== "FILE") await withInputErrors(() => checkOutput(path));
  }
}
