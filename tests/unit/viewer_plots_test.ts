import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import {
  histogramBars,
  histogramOf,
  histogramQuantile,
} from "../../web/viewer/plots/histogram.ts";
import { quantile } from "../../web/viewer/plots/quantile.ts";
import { timeBars } from "../../web/viewer/plots/time_bars.ts";
import { wilsonInterval } from "../../web/viewer/plots/wilson_interval.ts";

Deno.test("wilsonInterval() ends 1.96 standard errors from the share", () => {
  for (const [hits, trials] of [[8, 10], [1, 30], [700, 1000]] as const) {
    const { value, low, high } = wilsonInterval(hits, trials);
    assertEquals(value, hits / trials);
    for (const [end, sign] of [[low, 1], [high, -1]] as const) {
      const deviation = Math.sqrt(end * (1 - end) / trials);
      assertAlmostEquals(sign * (value - end) / deviation, 1.959964, 1e-9);
    }
  }
});

Deno.test("wilsonInterval() stays within 0 and 1 when all or none hit", () => {
  const none = wilsonInterval(0, 12);
  assertEquals([none.value, none.low], [0, 0]);
  assert(none.high > 0.2 && none.high < 0.3, String(none.high));
  const all = wilsonInterval(12, 12);
  assertAlmostEquals(all.high, 1, 1e-12);
  assertAlmostEquals(all.low, 1 - none.high, 1e-12);
});

Deno.test("histogramBars() goes from the lowest on when keys are out of order", () => {
  const bars = histogramBars({ "128": 2, "0": 1, "16": 3 });
  assertEquals(bars.map(({ from, count }) => [from, count]), [
    [1, 1],
    [16, 3],
    [128, 2],
  ]);
  assertAlmostEquals(bars[1]!.to, 16 * 2 ** 0.25, 1e-9);
});

Deno.test("histogramOf() counts each value in the bar that holds it", () => {
  const values = [0, ...Array.from({ length: 2000 }, (_, i) => 1.01 ** i)];
  for (const value of values) {
    const [bar, ...others] = histogramBars(histogramOf([value]));
    assertEquals([bar!.count, others], [1, []]);
    const at = Math.max(1, value);
    const slack = 1e-5 * at;
    assert(at >= bar!.from - slack && at <= bar!.to + slack, `${value}`);
  }
  const bars = histogramBars(histogramOf(values));
  assertEquals(bars.reduce((sum, { count }) => sum + count, 0), values.length);
});

Deno.test("histogramQuantile() lies within a bar of the quantile of the values", () => {
  const values = Array.from({ length: 999 }, (_, i) => 50 + i * 3);
  for (const share of [0.1, 0.5, 0.9]) {
    const near = histogramQuantile(histogramOf(values), share)!;
    const exact = quantile(values, share)!;
    assert(Math.abs(Math.log2(near / exact)) < 0.25, `${near} ${exact}`);
  }
  assertEquals(histogramQuantile({}, 0.5), null);
});

Deno.test("quantile() interpolates between two values", () => {
  assertEquals(quantile([4, 1, 3, 2], 0.5), 2.5);
  assertEquals(quantile([4, 1, 3, 2], 0.25), 1.75);
  assertEquals(quantile([7], 0.9), 7);
  assertEquals(quantile([], 0.5), null);
});

Deno.test("timeBars() puts points together in spans that a reader knows", () => {
  const hour = 3_600_000;
  const point = (atMs: number) => ({ atMs, samples: 2, costUsd: 0.5 });
  const bars = timeBars([point(5 * hour), point(0), point(0.5 * hour)]);
  assertEquals(
    bars.map(({ from, to, samples, costUsd }) => [
      Number(from) / hour,
      Number(to) / hour,
      samples,
      costUsd,
    ]),
    [[0, 1, 4, 1], [5, 6, 2, 0.5]],
  );
});

Deno.test("timeBars() takes longer spans when the points lie far apart", () => {
  const day = 24 * 3_600_000;
  const points = Array.from({ length: 300 }, (_, i) => ({
    atMs: i * day,
    samples: 1,
    costUsd: 0,
  }));
  const bars = timeBars(points);
  assert(bars.length <= 49, String(bars.length));
  assertEquals(bars.reduce((sum, { samples }) => sum + samples, 0), 300);
  assertEquals(timeBars([]), []);
});
