/** A directory that is removed at the end of an `await using` block. */
export class TempDir implements AsyncDisposable {
  /** The path. */
  readonly path: string;

  /** Creates the directory. */
  constructor() {
    this.path = Deno.makeTempDirSync({ prefix: "rollouts-" });
  }

  /** Removes it with its contents. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.path, { recursive: true });
  }
}
