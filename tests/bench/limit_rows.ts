import type { Measurement } from "./contestants/task.ts";
import { type Row, row } from "./row.ts";

/** The time of a measurement, and the most that it should be. */
export interface TimeLimit {
  readonly unit: "s" | "CPU s";
  readonly value: (measurement: Measurement) => number;
  readonly limit: number;
}

/** Returns rows for the time, compared with its limit, and for the memory. */
export function limitRows(
  common: Pick<Row, "letter" | "setting" | "contestant">,
  measurements: readonly Measurement[],
  { unit, value, limit }: TimeLimit,
): Row[] {
  return [
    row({
      ...common,
      unit,
      rounds: measurements.map(value),
      reference: { name: `${limit} s`, rounds: measurements.map(() => limit) },
      target: { atMost: 1 },
    }),
    row({
      ...common,
      unit: "MB",
      rounds: measurements.map(({ peakRssBytes }) =>
        (peakRssBytes ?? NaN) / 1e6
      ),
    }),
  ];
}
