import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { emptySummary } from "../../src/viewer/mutable_summary.ts";
import { addToTimes } from "../../src/viewer/time_bins.ts";
import {
  histogramBars,
  histogramBins,
  histogramTicks,
} from "../../web/viewer/plots/histogram.ts";
import { countedMedian, quantile } from "../../web/viewer/plots/quantile.ts";
import {
  timeBars,
  timeEdges,
  timeTicks,
} from "../../web/viewer/plots/time_bars.ts";
import { wilsonInterval } from "../../src/util/wilson_interval.ts";
import {
  axisDollars,
  decimal,
  exactDuration,
  percent,
} from "../../web/viewer/text/numbers.ts";
import { axisTimes, stepText } from "../../web/viewer/text/time_text.ts";
import fc from "../support/fast_check.ts";

Deno.test("wilsonInterval() ends 1.96 standard errors from the share", () => {
  for (const [hits, trials] of [[8, 10], [1, 30], [700, 1000]] as const) {
    const { value, low, high } = wilsonInterval(hits, trials);
    assertEquals(value, hits / trials);
    for (const [end, sign] of [[low, 1], [high, -1]] as const) {
      const deviation = Math.sqrt(end * (1 - end) / trials);
      assertAlmostEquals(sign * (value - end) / deviation, 1.959964, 1e-7);
    }
  }
});

Deno.test("wilsonInterval() stays within 0 and 1 when all or none hit", () => {
  for (let trials = 1; trials <= 300; trials++) {
    const none = wilsonInterval(0, trials);
    const all = wilsonInterval(trials, trials);
    assertEquals([none.value, none.low].map(percent), ["0%", "0%"]);
    assertEquals([all.value, all.high].map(percent), ["100%", "100%"]);
  }
  const none = wilsonInterval(0, 12);
  assert(none.high > 0.2 && none.high < 0.3, String(none.high));
  const all = wilsonInterval(12, 12);
  assertAlmostEquals(all.high, 1, 1e-12);
  assertAlmostEquals(all.low, 1 - none.high, 1e-12);
});

const values = fc.array(
  fc.oneof(
    fc.integer({ min: 0, max: 20 }),
    fc.integer({ min: 0, max: 1e6 }),
    fc.integer({ min: 12_000, max: 12_030 }),
  ),
  { minLength: 1, maxLength: 30 },
);

Deno.test("histogramBars() counts each value in the bar that contains it", () => {
  fc.assert(fc.property(values, (values) => {
    const counts: Record<number, number> = {};
    for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
    const bins = histogramBins([counts]);
    for (const { from, to, count } of histogramBars(counts, bins)) {
      assert(from < to);
      const own = values.filter((value) => value >= from && value < to);
      assertEquals(count, own.length, `${from}`);
    }
    const { edges } = bins;
    assert(edges.length > 4 && edges.length < 70, String(edges));
    assertEquals(edges, edges.toSorted((a, b) => a - b));
  }));
});

Deno.test("histogramTicks() labels at least two bounds, each with its own text", () => {
  fc.assert(fc.property(values, (values) => {
    const counts = Object.fromEntries(values.map((value) => [value, 1]));
    const bins = histogramBins([counts]);
    for (const most of [1, 3.7, 6, 20]) {
      const ticks = histogramTicks(bins, most);
      assert(ticks.length >= 2, `${bins.edges}`);
      assert(ticks.length <= Math.max(2, most), `${ticks}`);
      for (const text of [decimal, exactDuration]) {
        assertEquals(new Set(ticks.map(text)).size, ticks.length, `${ticks}`);
      }
    }
  }));
});

Deno.test("countedMedian() is the median of the samples when values are repeated or equal", () => {
  assertEquals(countedMedian({ "60": 6 }), 60);
  const lengths = { "61": 1, "65": 1, "66": 2, "70": 1, "71": 2, "83": 1 };
  assertEquals(countedMedian(lengths), 68);
  assertEquals(countedMedian({ "632": 1 }), 632);
  assertEquals(countedMedian({}), null);
});

Deno.test("quantile() interpolates between two values", () => {
  assertEquals(quantile([4, 1, 3, 2], 0.5), 2.5);
  assertEquals(quantile([4, 1, 3, 2], 0.25), 1.75);
  assertEquals(quantile([7], 0.9), 7);
  assertEquals(quantile([], 0.5), null);
});

/** 2026-02-03 09:20 in the local time zone. */
const BEGIN = new Date(2026, 1, 3, 9, 20).getTime();

function barsOf(timesMs: readonly number[]) {
  const { times } = emptySummary(0);
  for (const atMs of timesMs) {
    addToTimes(times, atMs, { samples: 1, priced: 1, costUsd: 0.5 });
  }
  return { stepMs: times.stepMs, bars: timeBars(times) };
}

Deno.test("timeBars() has bars of a length that suits the run", () => {
  const second = 1_000;
  const day = 86_400 * second;
  const lengths = [
    [0, 1],
    [40 * second, 1],
    [60 * second, 5],
    [3_600 * second, 300],
    [day, 3_600],
    [30 * day, 86_400],
    [4_000 * day, 364 * 86_400],
  ] as const;
  for (const [lengthMs, step] of lengths) {
    const timesMs = Array.from(
      { length: 200 },
      (_, i) => BEGIN + Math.floor(i * lengthMs / 199),
    );
    const { stepMs, bars } = barsOf(timesMs);
    assertEquals(stepMs, step * second);
    assert(bars.length <= 49, String(bars.length));
    for (const { from, to, samples } of bars) {
      const own = timesMs.filter((atMs) => atMs >= from && atMs < to);
      assertEquals(samples, own.length);
    }
    assertEquals(bars.reduce((sum, { samples }) => sum + samples, 0), 200);
  }
  assertEquals(barsOf([]).bars, []);
});

Deno.test("timeEdges() has room for more than one label when all samples are of one time", () => {
  const { bars } = barsOf([BEGIN]);
  assertEquals(
    axisTimes(timeEdges(bars), 1_000),
    ["09:20:00", "09:20:01", "09:20:02", "09:20:03", "09:20:04"],
  );
});

Deno.test("axisTimes() omits what all labels have in common", () => {
  const at = (days: number) => BEGIN + days * 86_400_000;
  assertEquals(axisTimes([at(0), at(0) + 60_000], 60_000), ["09:20", "09:21"]);
  assertEquals(axisTimes([at(0), at(1)], 3_600_000), [
    "02-03 09:20",
    "02-04 09:20",
  ]);
  assertEquals(axisTimes([at(0), at(1)], 86_400_000), ["02-03", "02-04"]);
  assertEquals(axisTimes([at(-300), at(1)], 86_400_000), [
    "2025-04-09",
    "2026-02-04",
  ]);
});

Deno.test("stepText() names the interval of a bar", () => {
  const second = 1_000;
  const steps = [1, 15, 60, 300, 3_600, 21_600, 86_400, 604_800];
  assertEquals(steps.map((step) => stepText(step * second)), [
    ...["second", "15 s", "minute", "5 min", "hour", "6 h"],
    ...["day in UTC", "7 days in UTC"],
  ]);
});

Deno.test("axisDollars() gives all amounts of an axis as many digits", () => {
  assertEquals([0, 0.2, 1].map(axisDollars(0.96)), ["$0", "$0.20", "$1.00"]);
  assertEquals([0.0005, 0.002].map(axisDollars(0.0025)), [
    "$0.0005",
    "$0.0020",
  ]);
  assertEquals([500, 1_500].map(axisDollars(1_640)), ["$500", "$1,500"]);
  assertEquals([1e-7].map(axisDollars(2.1e-7)), ["$0.00000010"]);
});

Deno.test("timeTicks() labels at least two times, full minutes or hours if possible", () => {
  const minute = 60_000;
  const edges = (stepMs: number, count: number) =>
    Array.from({ length: count }, (_, i) => 1_770_110_400_000 + i * stepMs);
  for (const stepMs of [1_000, 5_000, minute, 60 * minute, 86_400_000]) {
    for (let count = 5; count <= 50; count++) {
      for (const most of [2, 3, 5, 8]) {
        const ticks = timeTicks(edges(stepMs, count), most);
        assert(ticks.length >= 2, `${ticks}`);
        const lengthMs = (count - 1) * stepMs;
        for (const [place, at] of ticks.slice(1).entries()) {
          assert((at - ticks[place]!) * most >= lengthMs, `${ticks}`);
        }
        const texts = axisTimes(ticks, stepMs);
        assertEquals(new Set(texts).size, ticks.length, `${texts}`);
      }
    }
  }
  const ticks = timeTicks(edges(5_000, 13), 3);
  assertEquals(axisTimes(ticks, 5_000).map((text) => text.slice(3)), [
    "20:00",
    "20:30",
    "21:00",
  ]);
});
