import { address, type Query, type Route } from "./route.ts";

/** The filters and the order of the list of sets, as they were left. */
let listQuery: Query = {};
let lastSet: string | null = null;
const lastSamples = new Map<string, string>();

/** Remembers what a page shows, so that lists can be left and opened again. */
export function remember({ page, ids: [set, sample], query }: Route): void {
  if (page === "sets") listQuery = query;
  if (page !== "set" || set === undefined) return;
  lastSet = set;
  if (sample !== undefined) lastSamples.set(set, sample);
}

/** Returns the address of the list of sets, with its filters and order as they were left. */
export function listAddress(): string {
  return address([], listQuery);
}

/** Returns the id of the set that was opened last, or `null`. */
export function lastOpenedSet(): string | null {
  return lastSet;
}

/** Returns the name of the sample of a set that was opened last, if any. */
export function lastOpenedSample(set: string): string | undefined {
  return lastSamples.get(set);
}
