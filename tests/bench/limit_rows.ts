import type { Measurement } from "./contestants/task.ts";
import { type Row, row, type Unit } from "./row.ts";

/** A value of a measurement, and the most that it should be. */
export interface Limit {
  readonly unit: Extract<Unit, "s" | "CPU s" | "MB">;
  readonly value: (measurement: Measurement) => number;
  readonly limit: number;
}

type Common = Pick<Row, "letter" | "setting" | "contestant">;

/** Returns a row for a value, compared with its limit. */
export function limitRow(
  common: Common,
  measurements: readonly Measurement[],
  { unit, value, limit }: Limit,
): Row {
  const name = `${limit} ${unit === "MB" ? unit : "s"}`;
  return row({
    ...common,
    unit,
    rounds: measurements.map(value),
    reference: { name, rounds: measurements.map(() => limit) },
    target: { atMost: 1 },
  });
}

/** Returns rows for the time, compared with its limit, and for the memory. */
export function limitRows(
  common: Common,
  measurements: readonly Measurement[],
  limit: Limit,
): Row[] {
  return [
    limitRow(common, measurements, limit),
    row({
      ...common,
      unit: "MB",
      rounds: measurements.map(({ peakRssBytes }) =>
        (peakRssBytes ?? NaN) / 1e6
      ),
    }),
  ];
}
