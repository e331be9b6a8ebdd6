import { moment } from "./numbers.ts";

const MINUTE_MS = 60_000;
/** The length of a day. */
export const DAY_MS = 24 * 60 * MINUTE_MS;

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
