/** The options of {@linkcode parseArgs} that this project uses. */
export interface ParseOptions {
  /** Flags without a value. */
  boolean?: readonly string[];
  /** Flags whose value is a string. */
  string?: readonly string[];
  /** Flags that may be repeated. */
  collect?: readonly string[];
  /** Flags with a `--no-` form. */
  negatable?: readonly string[];
  /** Aliases of flags. */
  alias?: Record<string, string>;
  /** Called with each unknown flag; return `false` to drop it. */
  unknown?: (arg: string, key?: string, value?: unknown) => unknown;
}
/** Parses command line arguments. */
export function parseArgs(
  args: string[],
  options?: ParseOptions,
): Record<string, unknown> & { _: (string | number)[] };
