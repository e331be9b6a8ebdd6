import type { SampleSet } from "../../../src/viewer/view_data.ts";

/** The columns by which sets can be sorted. */
export const SET_COLUMNS = [
  "prompt",
  "model",
  "parameters",
  "samples",
  "finish",
  "tokens",
  "cost",
  "newest",
] as const;

/** A column by which sets can be sorted. */
export type SetColumn = typeof SET_COLUMNS[number];

/** A sort column and direction. */
export interface SetOrder {
  readonly column: SetColumn;
  readonly descending: boolean;
}

/** Parses the order in an address, such as `-cost`. The default is the newest first. */
export function setOrder(text: string | undefined): SetOrder {
  const descending = text === undefined || text.startsWith("-");
  const name = text?.replace(/^-/, "");
  const column = SET_COLUMNS.find((column) => column === name);
  return column === undefined
    ? { column: "newest", descending: true }
    : { column, descending };
}

/** Sorts sets. The sort is stable. */
export function sortSets(
  sets: readonly SampleSet[],
  { column, descending }: SetOrder,
): SampleSet[] {
  const sign = descending ? -1 : 1;
  const keyed = sets.map((set) => ({ set, key: KEYS[column](set) }));
  keyed.sort((a, b) => sign * (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return keyed.map(({ set }) => set);
}

const KEYS: Readonly<Record<SetColumn, (set: SampleSet) => string | number>> = {
  prompt: ({ promptStart }) => promptStart.toLowerCase(),
  model: ({ model }) => model.toLowerCase(),
  parameters: ({ parameters }) => JSON.stringify(parameters),
  samples: ({ summary }) => summary.samples,
  finish: ({ summary }) =>
    (summary.finishReasons.stop ?? 0) / Math.max(1, summary.samples),
  tokens: ({ summary }) => summary.completionTokens,
  cost: ({ summary }) => summary.costUsd,
  newest: ({ summary }) => summary.newest ?? 0,
};
