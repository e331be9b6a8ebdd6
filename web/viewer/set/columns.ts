import type { Query } from "../route/route.ts";

/** Samples side by side at the most. */
export const MOST_COLUMNS = 6;

/** The width below which a text cannot be read, in pixels. */
const LEAST_WIDTH = 250;

/** How many samples the address has side by side. */
export function columnsChosen({ columns = "3" }: Query): number {
  const chosen = Math.trunc(Number(columns));
  return chosen >= 1 && chosen <= MOST_COLUMNS ? chosen : 3;
}

/** How many of them a window has room for. */
export function columnsShown(chosen: number, width: number): number {
  return Math.max(1, Math.min(chosen, Math.floor(width / LEAST_WIDTH)));
}
