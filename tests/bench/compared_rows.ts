import type { Measurement } from "./contestants/task.ts";
import { type Row, row, type RowParts, type Target } from "./row.ts";

/** How measurements become rows. */
export interface ComparedRowsOptions
  extends Pick<RowParts, "letter" | "setting" | "unit"> {
  /** The name of the contestant that the others are compared with. */
  readonly reference: string;
  /** Returns the value of a measurement. */
  readonly value: (measurement: Measurement, contestant: string) => number;
  /** The target ratios, by contestant. */
  readonly targets?: Readonly<Record<string, Target>>;
  /** Notes, by contestant. */
  readonly notes?: ReadonlyMap<string, string>;
  /** The contestants to include; all by default. */
  readonly only?: readonly string[];
}

/** Returns a row for each contestant, compared with the reference of the same round. */
export function comparedRows(
  results: ReadonlyMap<string, readonly Measurement[]>,
  options: ComparedRowsOptions,
): Row[] {
  const { letter, setting, unit, reference, value, targets, notes, only } =
    options;
  const roundsOf = (name: string) =>
    results.get(name)!.map((measurement) => value(measurement, name));
  const names = only ?? [...results.keys()];
  return names.map((contestant) =>
    row({
      letter,
      setting,
      unit,
      contestant,
      rounds: roundsOf(contestant),
      reference: contestant === reference
        ? undefined
        : { name: reference, rounds: roundsOf(reference) },
      target: targets?.[contestant],
      note: notes?.get(contestant),
    })
  );
}
