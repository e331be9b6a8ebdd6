/**
 * Parses a price of the API: a number, or decimal text, in US dollars. Returns `null` if it is unknown. A
 * negative price means that it depends on the model that a router selects.
 */
export function parseUsd(value: unknown): number | null {
  if (typeof value !== "string" && typeof value !== "number") return null;
  if (value === "") return null;
  const usd = Number(value);
  return Number.isFinite(usd) && usd >= 0 ? usd : null;
}
