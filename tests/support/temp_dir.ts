/** A directory that is gone at the end of an `await using` block. */
export class TempDir implements AsyncDisposable {
  /** Where it is. */
  readonly path: string;

  /** Makes it. */
  constructor() {
    this.path = Deno.makeTempDirSync({ prefix: "rollouts-" });
  }

  /** Removes it with all that is in it. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.path, { recursive: true });
  }
}
