/** What a client says on stderr. */
export class Notices {
  readonly #said = new Set<string>();

  /** Says something that the caller should know, once for each subject. */
  warn(warning: string, subject = warning): void {
    if (this.#said.has(subject)) return;
    this.#said.add(subject);
    console.warn(`rollouts: ${warning}`);
  }

  /** Says what happens, where that is wanted. */
  tell({ verbose }: { readonly verbose: boolean }, message: string): void {
    if (verbose) console.error(`rollouts: ${message}`);
  }
}
