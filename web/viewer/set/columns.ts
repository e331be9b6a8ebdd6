import type { Query } from "../route/route.ts";

/** The maximum number of columns. */
export const MOST_COLUMNS = 6;

/** The minimum width of a readable column in pixels. */
const LEAST_WIDTH = 200;

/** Parses the number of columns in an address. */
export function columnsChosen({ columns = "3" }: Query): number {
  const chosen = Math.trunc(Number(columns));
  return chosen >= 1 && chosen <= MOST_COLUMNS ? chosen : 3;
}

/** How many columns fit into the window. */
export function columnsShown(chosen: number, width: number): number {
  return Math.max(1, Math.min(chosen, Math.floor(width / LEAST_WIDTH)));
}
