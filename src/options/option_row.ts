import type { ValueType } from "./value_type.ts";

/**
 * The sources that may set an option, from the least trusted source to the most trusted one. Each source may also
 * set the options of the ones before it.
 *
 * - `row`: a row of a data set, which someone else may have written.
 * - `file`: `rollouts.json` in the working directory.
 * - `trusted file`: `rollouts.json`, if the user passes `--trust-config`.
 * - `variable`: a flag or an environment variable.
 * - `caller`: the program that calls this package, since the value cannot be written as text.
 */
export const OPTION_SOURCES = [
  "row",
  "file",
  "trusted file",
  "variable",
  "caller",
] as const;

export type OptionSource = typeof OPTION_SOURCES[number];

/** The description of an option. */
export interface OptionRow<Value = unknown> {
  /** The least trusted source that may set it, if it is not that of its scope. */
  readonly setBy?: OptionSource;
  /** Whether the lowest value applies if several sources set it, as for limits. */
  readonly isCeiling?: true;
  readonly type: ValueType;
  /** Its value if it is not given. Without a default, it is then not set. */
  readonly default?: Value;
  /**
   * Whether it is a sampling option without a field in the request's body. The field of the others
   * is their name in snake case.
   */
  readonly hasNoField?: true;
  /** A value that is not sent: it has no effect, and some providers reject the field. */
  readonly unsent?: Value;
  /**
   * The text before the field's value in the readable part of the cache path. Without it, the field
   * goes into the hash `_x…`, so that a new field changes the cache key.
   */
  readonly path?: string;
  /** A field of the API that `extraBody` is not allowed to contain, because the option replaces it. */
  readonly replaces?: string;
  /** Whether it has no flag, although a flag could set it. */
  readonly hasNoFlag?: true;
  readonly short?: string;
  /** Its effect, in one line; the range and the default are added. */
  readonly help: string;
}

/** A row for each option of an interface, with a default of its type. */
export type OptionRows<Options> = {
  readonly [Name in keyof Required<Options>]: OptionRow<Options[Name]>;
};
