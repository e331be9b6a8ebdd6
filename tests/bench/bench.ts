import { join } from "@std/path/join";
import type { AnswerServer } from "./answer_server.ts";
import type { Contestant } from "./contestant.ts";
import type { Measurement } from "./contestants/task.ts";
import { runContestant } from "./run_contestant.ts";

/** What a bench is made of. */
export interface BenchOptions {
  /** The server that all contestants ask. */
  readonly server: AnswerServer;
  /** Where Node finds contestants and packages; null where there is no Node. */
  readonly nodeDir: string | null;
  /** Whether the Python package can be imported. */
  readonly hasPythonPackage: boolean;
  /** A directory for what is written, gone after the run. */
  readonly workDir: string;
  /** How often each contestant runs. */
  readonly rounds: number;
  /** Whether everything is small. */
  readonly isQuick: boolean;
  /** Ends the run. */
  readonly signal: AbortSignal;
}

/** One of those that are compared. */
export interface Competitor {
  /** What it is called. */
  readonly name: string;
  /** Runs it once; `round` counts from 0. */
  readonly run: (round: number) => Promise<Measurement>;
}

/** What the cases share: the server, the rounds, and how contestants are run. */
export class Bench {
  readonly #options: BenchOptions;
  #directories = 0;

  /** Makes it; nothing runs yet. */
  constructor(options: BenchOptions) {
    this.#options = options;
  }

  /** The server that all contestants ask. */
  get server(): AnswerServer {
    return this.#options.server;
  }

  /** How often each contestant runs. */
  get rounds(): number {
    return this.#options.rounds;
  }

  /** Whether everything is small. */
  get isQuick(): boolean {
    return this.#options.isQuick;
  }

  /** Ends the run. */
  get signal(): AbortSignal {
    return this.#options.signal;
  }

  /** Whether a contestant can run here. */
  has({ runtime, needsPackages }: Contestant): boolean {
    const { nodeDir, hasPythonPackage } = this.#options;
    if (needsPackages && nodeDir === null) return false;
    return runtime === "Deno" || (runtime === "Node" && nodeDir !== null) ||
      (runtime === "Python" && hasPythonPackage);
  }

  /** A number of requests or files, fewer where everything is small. */
  count(full: number): number {
    return this.isQuick ? Math.max(1, Math.round(full / 10)) : full;
  }

  /** A path on the file system of the run's files that does not exist yet. */
  newPath(): string {
    return join(this.#options.workDir, `data-${this.#directories++}`);
  }

  /** Runs a contestant once. */
  run(contestant: Contestant, task: unknown): Promise<Measurement> {
    const { nodeDir, server: { certFile }, signal } = this.#options;
    return runContestant(contestant, task, { nodeDir, certFile, signal });
  }

  /**
   * Runs all, one after the other, round after round: what the machine does to one, it does to all. Each
   * round begins with another one.
   *
   * @returns The measurements of each, by its name.
   */
  async compete(
    title: string,
    competitors: readonly Competitor[],
    { rounds = this.rounds }: { readonly rounds?: number } = {},
  ): Promise<ReadonlyMap<string, readonly Measurement[]>> {
    const results = new Map<string, Measurement[]>(
      competitors.map(({ name }) => [name, []]),
    );
    for (let round = 0; round < rounds; round++) {
      const first = round % competitors.length;
      const order = [
        ...competitors.slice(first),
        ...competitors.slice(0, first),
      ];
      for (const { name, run } of order) {
        this.signal.throwIfAborted();
        const measurement = await run(round);
        results.get(name)!.push(measurement);
        const seconds = measurement.seconds.toFixed(3);
        this.tell(
          `${title}, round ${round + 1}/${rounds}: ${name} ${seconds} s`,
        );
      }
    }
    return results;
  }

  /** Says what is done. */
  tell(message: string): void {
    console.error(message);
  }
}
