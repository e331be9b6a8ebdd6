/** The options of {@linkcode parseArgs} that this project uses. */
export interface ParseOptions {
  /** Flags without a value. */
  boolean?: readonly string[];
  /** Flags whose value stays text. */
  string?: readonly string[];
  /** Flags that may stand several times. */
  collect?: readonly string[];
  /** Flags with a `--no-` form. */
  negatable?: readonly string[];
  /** Other names of flags. */
  alias?: Record<string, string>;
  /** Called with each flag that is not named; `false` leaves it out. */
  unknown?: (arg: string, key?: string, value?: unknown) => unknown;
}
/** Reads command line arguments. */
export function parseArgs(
  args: string[],
  options?: ParseOptions,
): Record<string, unknown> & { _: (string | number)[] };
