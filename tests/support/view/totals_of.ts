import { compact, dollars } from "../../../web/viewer/text/numbers.ts";
import { known, sum } from "./plain_statistics.ts";
import type { RandomSample } from "./random_cache.ts";

/** The sum of the known values: a lower bound if some are unknown. */
export function totalOf(
  values: readonly (number | null)[],
  text: (sum: number) => string,
): string {
  const reported = known(values);
  if (values.length > 0 && reported.length === 0) return "–";
  return `${reported.length < values.length ? "≥ " : ""}${text(sum(reported))}`;
}

/** The total cost of samples. */
export function costOf(samples: readonly Pick<RandomSample, "cost">[]): string {
  return totalOf(samples.map(({ cost }) => cost), dollars);
}

/** The total of the output tokens of samples. */
export function outputOf(
  samples: readonly Pick<RandomSample, "tokens">[],
): string {
  return totalOf(samples.map(({ tokens }) => tokens), compact);
}
