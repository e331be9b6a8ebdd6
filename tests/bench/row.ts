import { median } from "./median.ts";
import { type Ratio, ratio } from "./ratio.ts";

/** The letter of a case. */
export type CaseLetter =
  | "a"
  | "b"
  | "c"
  | "d"
  | "e"
  | "f"
  | "g"
  | "h"
  | "i"
  | "j"
  | "k"
  | "l";

/** The unit of a value. */
export type Unit =
  | "requests/s"
  | "files/s"
  | "tokens/s"
  | "s"
  | "CPU s"
  | "ms"
  | "MB"
  | "CPU s/1,000 requests";

/** The target of a ratio. */
export interface Target {
  /** The minimum, if more is better. */
  readonly atLeast?: number;
  /** The maximum, if less is better. */
  readonly atMost?: number;
}

/** A row of the report. */
export interface Row {
  /** The case. */
  readonly letter: CaseLetter;
  /** The setting that all compared contestants share. */
  readonly setting: string;
  /** The contestant, with its runtime. */
  readonly contestant: string;
  /** The unit of the values. */
  readonly unit: Unit;
  /** The value of each round. */
  readonly rounds: readonly number[];
  /** Their median. */
  readonly median: number;
  /** The name of the reference, or null for the reference itself. */
  readonly reference: string | null;
  /** The ratio to the reference, or null for the reference itself. */
  readonly ratio: Ratio | null;
  /** The target of the ratio, or null if there is none. */
  readonly target: Target | null;
  /** A note, such as the protocol. */
  readonly note: string;
}

/** The parameters of a row. */
export interface RowParts
  extends Pick<Row, "letter" | "setting" | "contestant" | "unit"> {
  /** The value of each round. */
  readonly rounds: readonly number[];
  /** The reference. */
  readonly reference?: {
    readonly name: string;
    readonly rounds: readonly number[];
  };
  /** The target of the ratio. */
  readonly target?: Target;
  /** A note. */
  readonly note?: string;
}

/** Creates a row of the report. */
export function row({ reference, target, note, ...parts }: RowParts): Row {
  return {
    ...parts,
    median: median(parts.rounds),
    reference: reference?.name ?? null,
    ratio: reference === undefined
      ? null
      : ratio(parts.rounds, reference.rounds),
    target: target ?? null,
    note: note ?? "",
  };
}
