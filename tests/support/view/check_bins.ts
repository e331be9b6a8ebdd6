import { assertEquals } from "@std/assert";
import { known } from "./plain_statistics.ts";
import type { RandomSample } from "./random_cache.ts";
import type { PageNumbers } from "./read_page.ts";
import { costOf } from "./totals_of.ts";

/**
 * Compares the bins of a page's histograms and of its cost over time with the samples: each row of a
 * table counts the samples from its own beginning to that of the next row.
 *
 * @param groups The samples, one group for each column.
 */
export function checkBins(
  { figures }: Pick<PageNumbers, "figures">,
  groups: readonly (readonly RandomSample[])[],
): void {
  for (const [title, { rows }] of Object.entries(figures)) {
    const value = VALUES.find(([name]) => title.startsWith(name))?.[1];
    if (value === undefined) continue;
    const starts = rows.map(([from]) => parsed(from!));
    const within = (row: number) =>
      groups.map((samples) =>
        samples.filter((sample) => {
          const own = value(sample) ?? -1;
          return own >= starts[row]! && own < (starts[row + 1] ?? Infinity);
        })
      );
    assertEquals(
      rows,
      rows.map(([from], row) => [
        from!,
        ...within(row).map(({ length }) => String(length)),
        ...title.endsWith("over time")
          ? within(row).map((own) => costOf(own))
          : [],
      ]),
    );
    assertEquals(
      rows.flatMap((_, row) => within(row).flat()).length,
      known(groups.flat().map(value)).length,
      title,
    );
  }
}

const VALUES: readonly (readonly [
  title: string,
  value: (sample: RandomSample) => number | null,
])[] = [
  ["Output tokens", ({ tokens }) => tokens],
  ["Latency", ({ latency }) => latency],
  ["Cost over time", ({ created }) => created === 0 ? null : created],
  ["Samples over time", ({ created }) => created === 0 ? null : created],
];

/** Parses the beginning of a bin: a time, a duration, or a number. */
function parsed(text: string): number {
  if (/^\d{4}-\d\d-\d\d/.test(text)) {
    // A date without a time is a day in UTC.
    return new Date(text).getTime() / 1000;
  }
  const value = Number(text.replaceAll(",", "").replace(/ m?s$/, ""));
  return text.endsWith(" s") ? 1000 * value : value;
}
