import { join } from "@std/path/join";
import type { AnswerServer } from "./answer_server.ts";
import type { Contestant } from "./contestant.ts";
import type { Measurement } from "./contestants/task.ts";
import { runContestant } from "./run_contestant.ts";

/** The settings of a bench. */
export interface BenchOptions {
  /** The server that all contestants use. */
  readonly server: AnswerServer;
  /** The directory in which Node finds contestants and packages, or null if there is no Node. */
  readonly nodeDir: string | null;
  /** Whether Python can import the package. */
  readonly hasPythonPackage: boolean;
  /** A directory for temporary files, removed after the run. */
  readonly workDir: string;
  /** The number of rounds: each contestant runs once per round. */
  readonly rounds: number;
  /** Whether to reduce all sizes, for a quick check. */
  readonly isQuick: boolean;
  /** Aborts the run. */
  readonly signal: AbortSignal;
}

/** A contestant of a comparison. */
export interface Competitor {
  /** Its name. */
  readonly name: string;
  /** Runs it once. `round` counts from 0. */
  readonly run: (round: number) => Promise<Measurement>;
}

/** Runs contestants in rounds, with the server and the settings that all cases share. */
export class Bench {
  readonly #options: BenchOptions;
  #directories = 0;

  /** Creates a bench without running anything. */
  constructor(options: BenchOptions) {
    this.#options = options;
  }

  /** The server that all contestants use. */
  get server(): AnswerServer {
    return this.#options.server;
  }

  /** The number of rounds. */
  get rounds(): number {
    return this.#options.rounds;
  }

  /** Whether all sizes are reduced. */
  get isQuick(): boolean {
    return this.#options.isQuick;
  }

  /** Aborts the run. */
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

  /** Returns a number of requests or files, reduced for a quick check. */
  count(full: number): number {
    return this.isQuick ? Math.max(1, Math.round(full / 10)) : full;
  }

  /** Returns a new path in the temporary directory of the run. */
  newPath(): string {
    return join(this.#options.workDir, `data-${this.#directories++}`);
  }

  /** Runs a contestant once. */
  run(contestant: Contestant, task: unknown): Promise<Measurement> {
    const { nodeDir, server: { certFile }, signal } = this.#options;
    return runContestant(contestant, task, { nodeDir, certFile, signal });
  }

  /**
   * Runs all contestants in turn, for each round, so that the load of the machine affects all of
   * them. Each round starts with another contestant.
   *
   * @returns The measurements of each contestant, by its name.
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

  /** Logs progress to stderr. */
  tell(message: string): void {
    console.error(message);
  }
}
