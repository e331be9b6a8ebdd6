import type { SampleHead } from "../../../src/viewer/view_data.ts";
import { accuracyOf } from "../plots/accuracy_of.ts";
import { quantile } from "../plots/quantile.ts";
import type { Share } from "../plots/share.ts";
import type { Side } from "./side.ts";

/** The quartiles of a measure, and its sum, over the samples that report it. */
export interface Spread {
  readonly samples: number;
  readonly low: number;
  readonly median: number;
  readonly high: number;
  readonly total: number;
}

/** The measures of a set. */
export interface SetMeasures {
  readonly side: Side;
  /** The number of usable samples. */
  readonly samples: number;
  /** The share of right answers, or `null` if it is unknown. */
  readonly accuracy: Share | null;
  readonly tokens: Spread | null;
  readonly cost: Spread | null;
}

/** Returns the measures of a set. */
export function setMeasures(side: Side): SetMeasures {
  const heads = side.rows.map(({ head }) => head)
    .filter(({ problem }) => problem === null);
  return {
    side,
    samples: heads.length,
    accuracy: accuracyOf(side.rows),
    tokens: spread(heads, ({ completionTokens }) => completionTokens),
    cost: spread(heads, ({ costUsd }) => costUsd),
  };
}

function spread(
  heads: readonly SampleHead[],
  value: (head: SampleHead) => number | null,
): Spread | null {
  const values = heads.flatMap((head) => value(head) ?? []);
  const [low, median, high] = [0.25, 0.5, 0.75]
    .map((share) => quantile(values, share));
  if (low == null || median == null || high == null) return null;
  const total = values.reduce((sum, value) => sum + value, 0);
  return { samples: values.length, low, median, high, total };
}
