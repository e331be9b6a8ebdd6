import type { SampleSet, SetSamples } from "../../../src/viewer/view_data.ts";
import type { SampleRow } from "../source/sample_row.ts";

/** One of the compared sets. */
export interface Side {
  /** The letter of the side: `A`, `B` and so on. */
  readonly letter: string;
  /** The name of the side's color in the style sheet. */
  readonly color: string;
  readonly set: SampleSet;
  readonly samples: SetSamples;
  /** The right answer, or `null` if it is unknown. */
  readonly truth: string | null;
  readonly rows: readonly SampleRow[];
}

/** The letter of a side by its place. */
export function sideLetter(place: number): string {
  return String.fromCharCode("A".charCodeAt(0) + place);
}

/** The maximum number of compared sets: one for each letter. */
export const MOST_SIDES = 26;
