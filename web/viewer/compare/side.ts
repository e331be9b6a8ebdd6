import type { SampleSet, SetSamples } from "../../../src/viewer/view_data.ts";
import type { SampleRow } from "../source/sample_row.ts";

/** One of two compared sets. */
export interface Side {
  /** The letter of the side. */
  readonly letter: "A" | "B";
  /** The name of the side's color in the style sheet. */
  readonly color: string;
  readonly set: SampleSet;
  readonly samples: SetSamples;
  readonly rows: readonly SampleRow[];
}
