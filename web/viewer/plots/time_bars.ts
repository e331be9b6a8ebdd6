/** Totals over an interval of time. */
export interface TimeBar {
  readonly from: Date;
  readonly to: Date;
  readonly samples: number;
  readonly costUsd: number;
}

/** Totals at a point in time. */
export interface TimePoint {
  /** Unix time in milliseconds. */
  readonly atMs: number;
  readonly samples: number;
  readonly costUsd: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Familiar intervals of time. */
const SPANS = [
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  DAY,
  7 * DAY,
  28 * DAY,
];

/** The maximum number of bars that are distinguishable. */
const MOST = 48;

/** Groups points into intervals of at least `leastMs`. Empty intervals are omitted. */
export function timeBars(
  points: readonly TimePoint[],
  leastMs: number = HOUR,
): TimeBar[] {
  let first = Infinity;
  let last = -Infinity;
  for (const { atMs } of points) {
    first = Math.min(first, atMs);
    last = Math.max(last, atMs);
  }
  const span =
    SPANS.find((span) => span >= leastMs && (last - first) / span <= MOST) ??
      SPANS.at(-1)!;
  const bars = new Map<number, TimeBar>();
  for (const { atMs, samples, costUsd } of points) {
    const from = Math.floor(atMs / span) * span;
    const known = bars.get(from);
    bars.set(from, {
      from: new Date(from),
      to: new Date(from + span),
      samples: (known?.samples ?? 0) + samples,
      costUsd: (known?.costUsd ?? 0) + costUsd,
    });
  }
  return [...bars.values()].sort((a, b) => Number(a.from) - Number(b.from));
}
