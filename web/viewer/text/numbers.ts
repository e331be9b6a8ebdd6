import type {
  ProviderSummary,
  SetSummary,
} from "../../../src/viewer/view_data.ts";

/** A whole number, such as `1,234,567`. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString("en");
}

/** A number with at most one decimal digit, such as a median: `1,234.5`. */
export function decimal(value: number): string {
  return value.toLocaleString("en", { maximumFractionDigits: 1 });
}

const COMPACT = new Intl.NumberFormat("en", {
  notation: "compact",
  minimumSignificantDigits: 3,
  maximumSignificantDigits: 3,
});

/** A number in few characters, such as `12`, `1.20K` or `1.23M`. */
export function compact(value: number): string {
  return value < 1000 ? whole(value) : COMPACT.format(value);
}

/** Two significant digits, without an exponent. */
const SMALL = new Intl.NumberFormat("en", {
  minimumSignificantDigits: 2,
  maximumSignificantDigits: 2,
});

/** An amount in US dollars, to the cent; small amounts with more digits. */
export function dollars(value: number): string {
  if (value === 0) return "$0";
  if (value >= 100) return `$${whole(value)}`;
  if (value >= 1) return `$${value.toFixed(2)}`;
  return value < 0.0001
    ? `$${SMALL.format(value)}`
    : `$${value.toFixed(value < 0.01 ? 5 : 4)}`;
}

/** A total over samples: `1.20K`, `≥ 1.20K` if only some report the value, or `–` if none does. */
export function total(
  sum: number,
  { reported, samples }: {
    readonly reported: number;
    readonly samples: number;
  },
  text: (sum: number) => string,
): string {
  if (reported === 0 && samples > 0) return "–";
  return reported < samples ? `≥\u00a0${text(sum)}` : text(sum);
}

/** The cost of samples, as far as they report it. */
export function totalCost(
  { samples, priced, costUsd }: Pick<
    ProviderSummary,
    "samples" | "priced" | "costUsd"
  >,
): string {
  return total(costUsd, { reported: priced, samples }, dollars);
}

/** The output tokens of samples, as far as they report them. */
export function totalOutput(
  { samples, completionTokens, lengths }: Pick<
    SetSummary,
    "samples" | "completionTokens" | "lengths"
  >,
): string {
  const reported = Object.values(lengths).reduce((sum, n) => sum + n, 0);
  return total(completionTokens, { reported, samples }, compact);
}

/** Formats amounts in US dollars on an axis that ends at `most`, all with as many digits: `$0.05`, `$0.10`. */
export function axisDollars(most: number): (value: number) => string {
  const digits = -Math.floor(Math.log10(most / 4));
  const fractionDigits = digits > 0 ? Math.max(2, digits) : 0;
  const format = new Intl.NumberFormat("en", {
    minimumFractionDigits: fractionDigits,
    maximumFractionDigits: fractionDigits,
  });
  return (value) => value === 0 ? "$0" : `$${format.format(value)}`;
}

/** A share, such as `37%`. Only exact values are shown as 0% and 100%. */
export function percent(share: number): string {
  const rounded = Math.round(share * 100);
  if (rounded === 100 && share < 1) return ">99%";
  if (rounded === 0 && share > 0) return "<1%";
  return `${rounded}%`;
}

/** A difference with its sign, such as `+3` or `−0.5`. */
export function signed(
  value: number,
  text: (value: number) => string,
): string {
  const size = text(Math.abs(value));
  return value === 0 || size === text(0)
    ? text(0)
    : `${value < 0 ? "−" : "+"}${size}`;
}

/** A duration, such as `850 ms`, `12.3 s` or `240 s`: in the units of {@linkcode exactDuration}. */
export function duration(ms: number): string {
  if (Math.round(ms) < 1000) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  return `${seconds < 99.95 ? seconds.toFixed(1) : whole(seconds)} s`;
}

/** An estimated duration, such as `75 s`, `12 min`, `3.5 h` or `4 days`. */
export function roughDuration(seconds: number): string {
  if (seconds < 100) return `${Math.round(seconds)} s`;
  if (seconds < 100 * 60) return `${Math.round(seconds / 60)} min`;
  const hours = seconds / 3_600;
  return hours < 72
    ? `${hours.toFixed(1)} h`
    : `${Math.round(hours / 24)} days`;
}

/** A duration that is not rounded, such as `125 ms` or `1.25 s`. */
export function exactDuration(ms: number): string {
  const [value, unit] = ms < 1000 ? [ms, "ms"] : [ms / 1000, "s"];
  return `${value.toLocaleString("en", { maximumFractionDigits: 3 })} ${unit}`;
}

/** A Unix time in seconds in the local time zone, such as `2026-02-03 14:05`. */
export function moment(seconds: number): string {
  const at = new Date(seconds * 1000);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${
    two(at.getHours())
  }:${two(at.getMinutes())}`;
}

/** A Unix time in seconds with the local time zone, such as `2026-02-03 14:05 GMT+1`. */
export function zonedMoment(seconds: number): string {
  const parts = new Intl.DateTimeFormat("en", { timeZoneName: "short" })
    .formatToParts(new Date(seconds * 1000));
  const zone = parts.find(({ type }) => type === "timeZoneName")!.value;
  return `${moment(seconds)} ${zone}`;
}

/** A count and its noun, such as `1 sample` or `12 samples`. */
export function counted(
  count: number,
  noun: string,
  many = `${noun}s`,
): string {
  return `${whole(count)} ${count === 1 ? noun : many}`;
}
