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
  | "j";

/** What a value counts. */
export type Unit =
  | "requests/s"
  | "files/s"
  | "tokens/s"
  | "s"
  | "ms"
  | "MB"
  | "CPU s/1,000 requests";

/** What a ratio should be. */
export interface Target {
  /** The least, where more is better. */
  readonly atLeast?: number;
  /** The most, where less is better. */
  readonly atMost?: number;
}

/** One line of the report. */
export interface Row {
  /** The case. */
  readonly letter: CaseLetter;
  /** What is the same for all that are compared. */
  readonly setting: string;
  /** Who, and on what. */
  readonly contestant: string;
  /** What the values count. */
  readonly unit: Unit;
  /** The value of each round. */
  readonly rounds: readonly number[];
  /** Their median. */
  readonly median: number;
  /** What it is compared with; null for the reference itself. */
  readonly reference: string | null;
  /** How it compares; null for the reference itself. */
  readonly ratio: Ratio | null;
  /** What the ratio should be; null where there is no target. */
  readonly target: Target | null;
  /** What else is to be known, such as the protocol. */
  readonly note: string;
}

/** What a row is made of. */
export interface RowParts
  extends Pick<Row, "letter" | "setting" | "contestant" | "unit"> {
  /** The value of each round. */
  readonly rounds: readonly number[];
  /** What it is compared with. */
  readonly reference?: {
    readonly name: string;
    readonly rounds: readonly number[];
  };
  /** What the ratio should be. */
  readonly target?: Target;
  /** What else is to be known. */
  readonly note?: string;
}

/** Makes a line of the report. */
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
