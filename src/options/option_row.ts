import type { ValueType } from "./value_type.ts";

/** All that the package knows of an option. */
export interface OptionRow<Value = unknown> {
  /** The values that it accepts. */
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
   * What precedes the field's value in the readable part of the cache path. Without it, the field
   * goes into the hash `_x…`, so that a new field changes the cache key.
   */
  readonly path?: string;
  /** A field of the API that `extraBody` must not hold, because the option replaces it. */
  readonly replaces?: string;
  /** Whether it has no flag, although a flag could hold it. */
  readonly hasNoFlag?: true;
  /** The short form of its flag. */
  readonly short?: string;
  /** What it does, in one line; the range and the default are added. */
  readonly help: string;
}

/** A row for each option of an interface, with a default of its type. */
export type OptionRows<Options> = {
  readonly [Name in keyof Required<Options>]: OptionRow<Options[Name]>;
};
