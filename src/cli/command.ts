import type { FlagTable, FlagValues } from "./flags/read_flags.ts";
import type { CliOutput } from "./output/cli_output.ts";

/** The parsed command line of a command, and where the command writes. */
export interface CommandInput<Table extends FlagTable = FlagTable> {
  /** The flags, with configured defaults filled in. */
  readonly flags: FlagValues<Table>;
  /** The names of the flags on the command line itself. */
  readonly given: ReadonlySet<string>;
  /** The words that belong to no flag. */
  readonly args: readonly string[];
  /** The output of the command. */
  readonly output: CliOutput;
}

/** A command of `rollouts`. */
export interface Command<Table extends FlagTable = FlagTable> {
  /** The text of `--help`: what it does, its usage, its options, and an example. */
  readonly help: string;
  /** Its flags, except `--help`. */
  readonly flags: Table;
  /** The flags for which defaults can be configured. None by default. */
  readonly configured?: readonly string[];
  /** Which arguments without a flag it takes. None by default. */
  readonly args?: Arguments;
  /**
   * Runs the command, and returns the exit code.
   *
   * @throws {UsageError} If the command line is wrong.
   */
  run(input: CommandInput<Table>): Promise<number> | number;
}

/** The arguments without a flag that a command takes. */
export interface Arguments {
  /** The lowest number of arguments. */
  readonly min: number;
  /** The highest number of arguments. */
  readonly max: number;
  /** Describes them in error messages, such as `one model`. */
  readonly what: string;
}

/** An entry in the list of commands: what the overview shows, and how to load the command. */
export interface CommandEntry {
  /** Its name: one or two words. */
  readonly name: string;
  /** Its arguments, as the overview shows them. */
  readonly args?: string;
  /** Describes the command in one line. */
  readonly summary: string;
  /** Loads the command, so that no command waits for the libraries of another. */
  readonly load: () => Promise<{ readonly command: Command }>;
}
