import { readFlags } from "../../src/cli/flags/read_flags.ts";
import { UsageError } from "../../src/cli/usage_error.ts";
import { CASES, WHOLE_RUN } from "./cases/cases.ts";
import type { CaseLetter } from "./row.ts";

/** The options of the command line. */
export interface Options {
  /** The selected cases. */
  readonly letters: readonly CaseLetter[];
  /** The number of rounds. */
  readonly rounds: number;
  /** Whether to reduce all sizes. */
  readonly isQuick: boolean;
}

/**
 * Parses the command line.
 *
 * @throws {UsageError} If it is invalid.
 */
export function readOptions(args: readonly string[]): Options {
  const { flags, args: words } = readFlags(args, {
    case: "text",
    rounds: "number",
    quick: "boolean",
  });
  const isQuick = flags.quick ?? false;
  const rounds = flags.rounds ?? (isQuick ? 1 : 5);
  if (words.length > 0) {
    throw new UsageError(`the bench takes no ${words[0]}`);
  }
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new UsageError(`--rounds must be an integer from 1, got ${rounds}`);
  }
  const all = Object.keys(CASES) as CaseLetter[];
  const wanted = String(flags.case ?? WHOLE_RUN).split(",");
  const unknown = wanted.find((letter) => !Object.hasOwn(CASES, letter));
  if (unknown !== undefined) {
    throw new UsageError(`--case takes ${all}, got ${unknown}`);
  }
  const letters = all.filter((letter) => wanted.includes(letter));
  return { letters, rounds, isQuick };
}
