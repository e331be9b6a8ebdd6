/** A program on its own pseudo-terminal, provided by `script`, on which a test can press keys. */
export class TerminalProgram {
  readonly #child: Deno.ChildProcess;
  readonly #keys: WritableStreamDefaultWriter<Uint8Array>;
  readonly #read: Promise<void>;
  #text = "";

  /** Starts a program on a terminal with this many columns. */
  constructor(
    command: readonly string[],
    { columns, env, cwd }: {
      readonly columns: number;
      readonly env: Readonly<Record<string, string>>;
      readonly cwd?: string;
    },
  ) {
    const words = command.map((word) => `'${word}'`).join(" ");
    this.#child = new Deno.Command("script", {
      args: ["-qec", `stty cols ${columns}; exec ${words}`, "/dev/null"],
      env: { TERM: "xterm", ...env },
      cwd,
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    this.#keys = this.#child.stdin.getWriter();
    this.#read = this.#collect();
  }

  /** Its output so far. */
  get text(): string {
    return this.#text;
  }

  /** The lines that its output leaves on the terminal, without those that were removed. */
  get lines(): readonly string[] {
    return this.#text.split("\n").map((line) =>
      // A carriage return starts the line again.
      line.split("\r").map((part) =>
        // deno-lint-ignore no-control-regex
        part.replaceAll(/\x1b\[\d*[A-Z]/g, "")
      ).findLast((part) => part !== "") ?? ""
    ).filter((line) => line !== "");
  }

  /** Presses Ctrl-C. */
  async pressCtrlC(): Promise<void> {
    await this.#keys.write(new Uint8Array([3]));
  }

  /** Its exit code, once it has exited. */
  async ended(): Promise<number> {
    const { code } = await this.#child.status;
    await this.#read;
    await this.#keys.close().catch(() => {});
    return code;
  }

  async #collect(): Promise<void> {
    const texts = this.#child.stdout.pipeThrough(new TextDecoderStream());
    for await (const text of texts) this.#text += text;
  }
}
