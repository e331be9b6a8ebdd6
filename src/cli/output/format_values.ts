/** Formats a price per million tokens. An unknown price is `?`. */
export function formatPrice(usdPerMillion: number | null): string {
  return usdPerMillion === null ? "?" : `$${usdPerMillion}`;
}

/** Formats an integer with thousands separators. An unknown number is `?`. */
export function formatCount(count: number | null): string {
  return count === null ? "?" : count.toLocaleString("en-US");
}

const BYTE_UNITS = ["B", "kB", "MB", "GB", "TB"] as const;

/** Formats a number of bytes in the largest unit of which it has at least one: `812 B`, `1.5 MB`. */
export function formatBytes(bytes: number): string {
  const exponent = Math.min(
    Math.floor(Math.log10(Math.max(bytes, 1)) / 3),
    BYTE_UNITS.length - 1,
  );
  const amount = bytes / 1000 ** exponent;
  return `${exponent === 0 ? amount : amount.toFixed(1)} ${
    BYTE_UNITS[exponent]
  }`;
}

/** Formats a Unix time in seconds as an ISO date and time. An unknown or impossible time is `?`. */
export function formatTime(unixSeconds: number | null): string {
  const date = new Date((unixSeconds ?? NaN) * 1000);
  return Number.isNaN(date.getTime()) ? "?" : date.toISOString();
}
