import type { SampleRow } from "../source/sample_row.ts";

/** The columns by which samples can be sorted. */
export const SAMPLE_ORDERS = [
  "seed",
  "length",
  "reasoning",
  "cost",
  "latency",
  "created",
] as const;

/** A sort column and direction. */
export interface SampleOrder {
  readonly by: typeof SAMPLE_ORDERS[number];
  readonly descending: boolean;
}

/** Parses the order in an address, such as `-cost`. The default is by seed. */
export function sampleOrder(text = ""): SampleOrder {
  const name = text.replace(/^-/, "");
  const by = SAMPLE_ORDERS.find((order) => order === name);
  return by === undefined
    ? { by: "seed", descending: false }
    : { by, descending: text.startsWith("-") };
}

/** Sorts samples. Unknown values come last. */
export function sortSamples(
  rows: readonly SampleRow[],
  { by, descending }: SampleOrder,
): SampleRow[] {
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const x = key(a, by);
    const y = key(b, by);
    if (x === null || y === null) {
      return Number(x === null) - Number(y === null);
    }
    return sign * (x - y) || a.head.seed - b.head.seed;
  });
}

function key({ head }: SampleRow, by: SampleOrder["by"]): number | null {
  if (by === "seed") return head.seed;
  if (head.problem !== null) return null;
  switch (by) {
    case "length":
      return head.completionTokens;
    case "reasoning":
      return head.reasoningTokens;
    case "cost":
      return head.costUsd;
    case "latency":
      return head.latencyMs;
    case "created":
      return head.created === 0 ? null : head.created;
  }
}
