/** A program on a pseudo-terminal of its own, which the program `script` gives, and on which keys can be pressed. */
export class TerminalProgram {
  readonly #child: Deno.ChildProcess;
  readonly #keys: WritableStreamDefaultWriter<Uint8Array>;
  readonly #read: Promise<void>;
  #text = "";

  /** Starts it, on a terminal of so many columns. */
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

  /** What it has written so far. */
  get text(): string {
    return this.#text;
  }

  /** Presses Ctrl-C. */
  async pressCtrlC(): Promise<void> {
    await this.#keys.write(new Uint8Array([3]));
  }

  /** Its exit code, when it has ended. */
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
