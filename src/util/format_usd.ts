/**
 * Formats an amount in US dollars, with at least four decimals and three significant digits. Returns
 * `unknown` for `null`.
 */
export function formatUsd(usd: number | null, unknown = "?"): string {
  if (usd === null) return unknown;
  const size = Math.abs(usd);
  const decimals = size > 0 ? 2 - Math.floor(Math.log10(size)) : 0;
  const amount = size.toFixed(Math.min(Math.max(4, decimals), 100))
    .replace(/(\.\d{4}\d*?)0+$/, "$1");
  return `${usd < 0 ? "-" : ""}$${amount}`;
}
