import { moment } from "./numbers.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * A time as exact as a step: `2026-02-03 14:05` or `… 14:05:30` in the local time zone. A step of days is a
 * date in UTC, because its bins start at midnight UTC.
 */
export function timeText(atMs: number, stepMs: number): string {
  if (stepMs >= DAY_MS) return new Date(atMs).toISOString().split("T")[0]!;
  const text = moment(atMs / 1000);
  const seconds = String(new Date(atMs).getSeconds()).padStart(2, "0");
  return stepMs < MINUTE_MS ? `${text}:${seconds}` : text;
}

/** The length of an interval, such as `15 min`, `hour` or `7 days in UTC`. */
export function stepText(stepMs: number): string {
  const [unit, name, many] = UNITS.find(([unit]) => stepMs >= unit)!;
  const count = stepMs / unit;
  const text = count === 1 ? name : `${count} ${many}`;
  return stepMs >= DAY_MS ? `${text} in UTC` : text;
}

const UNITS = [
  [DAY_MS, "day", "days"],
  [60 * MINUTE_MS, "hour", "h"],
  [MINUTE_MS, "minute", "min"],
  [1_000, "second", "s"],
] as const;

/** Texts of times for an axis: without the parts of the date that all have in common. */
export function axisTimes(
  timesMs: readonly number[],
  stepMs: number,
): string[] {
  const exact = timesMs.map((atMs) => timeText(atMs, stepMs));
  const isMidnight = exact.every((text) => text.endsWith(" 00:00"));
  const texts = isMidnight
    ? exact.map((text) => text.slice(0, -" 00:00".length))
    : exact;
  const [first = ""] = texts;
  const common = ["2026-02-03 ", "2026-"].find(({ length }) =>
    first.length > length &&
    texts.every((text) => text.slice(0, length) === first.slice(0, length))
  );
  return texts.map((text) => text.slice(common?.length ?? 0));
}
