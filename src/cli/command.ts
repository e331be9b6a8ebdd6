import type { FlagKind } from "../options/value_type.ts";
import type { ReadFlags } from "./flags/read_flags.ts";

/** One of the commands that `rollouts` knows. */
export interface Command {
  /** What `--help` shows: what it does, how it is called, its options and an example. */
  readonly help: string;
  /** Its flags, beside `--help`. */
  readonly flags: Readonly<Record<string, FlagKind>>;
  /** Short forms of its flags. */
  readonly aliases: Readonly<Record<string, string>>;
  /** Those of its flags for which defaults may be configured. */
  readonly configured: readonly string[];
  /**
   * Runs it, and returns the exit code.
   *
   * @throws {UsageError} Where the command line is wrong.
   */
  readonly run: (given: ReadFlags) => Promise<number>;
}

/** A command in the table of all: what the overview needs, and how it is loaded. */
export interface CommandEntry {
  /** Its name. */
  readonly name: string;
  /** How it is called, without the program's name. */
  readonly usage: string;
  /** What it does, in a line. */
  readonly summary: string;
  /** Loads it: no command pays for another's libraries. */
  readonly load: () => Promise<Command>;
}
