/** Formats a price per million tokens. An unknown price is `?`. */
export function formatPrice(usdPerMillion: number | null): string {
  return usdPerMillion === null ? "?" : `$${usdPerMillion}`;
}

/** Formats an integer with thousands separators. An unknown number is `?`. */
export function formatCount(count: number | null): string {
  return count === null ? "?" : count.toLocaleString("en-US");
}

/** Formats a Unix time in seconds as an ISO date and time. An unknown or impossible time is `?`. */
export function formatTime(unixSeconds: number | null): string {
  const date = new Date((unixSeconds ?? NaN) * 1000);
  return Number.isNaN(date.getTime()) ? "?" : date.toISOString();
}
