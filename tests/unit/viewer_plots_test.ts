import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { histogramBars } from "../../web/viewer/plots/histogram.ts";
import { countedMedian, quantile } from "../../web/viewer/plots/quantile.ts";
import { percent } from "../../web/viewer/text/numbers.ts";
import { timeBars } from "../../web/viewer/plots/time_bars.ts";
import { wilsonInterval } from "../../web/viewer/plots/wilson_interval.ts";

Deno.test("wilsonInterval() ends where the share lies 1.96 of the end's own deviations away", () => {
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

Deno.test("histogramBars() counts each value in the bar that contains it", () => {
  const values = [0, ...Array.from({ length: 2000 }, (_, i) => 1.01 ** i)];
  for (const value of values) {
    const [bar, ...others] = histogramBars({ [value]: 1 });
    assertEquals([bar!.count, others], [1, []]);
    const at = Math.max(1, value);
    const slack = 1e-5 * at;
    assert(at >= bar!.from - slack && at <= bar!.to + slack, `${value}`);
  }
  const bars = histogramBars(Object.fromEntries(values.map((v) => [v, 2])));
  const counts = bars.map(({ count }) => count);
  assertEquals(counts.reduce((sum, count) => sum + count), 2 * values.length);
  const starts = bars.map(({ from }) => from);
  assertEquals(starts, starts.toSorted((a, b) => a - b));
});

Deno.test("countedMedian() is the median of the samples when values are repeated or equal", () => {
  assertEquals(countedMedian({ "60": 6 }), 60);
  const lengths = { "61": 1, "65": 1, "66": 2, "70": 1, "71": 2, "83": 1 };
  assertEquals(countedMedian(lengths), 68);
  assertEquals(countedMedian({ "632": 1 }), 632);
  assertEquals(countedMedian({}), null);
});

Deno.test("quantile() lies between two values when none has the share", () => {
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
