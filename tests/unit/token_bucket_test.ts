import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  bucketParameters,
  TokenBucket,
} from "../../src/scheduler/token_bucket.ts";
import { anySignal } from "../../src/util/any_signal.ts";
import { LightAbortController } from "../../src/util/light_abort_controller.ts";
import { FakeClock } from "../support/fake_clock.ts";
import { never } from "../support/never.ts";

Deno.test("TokenBucket.take() never exceeds the limit in 60 s, even if starts arrive 1 s late", async () => {
  for (const [limit, burst] of [[7, 1], [7, 3], [7, 7], [1, 1]] as const) {
    const clock = new FakeClock();
    const bucket = new TokenBucket(bucketParameters(limit, burst), { clock });
    const starts: number[] = [];
    let random = 1;
    for (let request = 0; request < 500; request++) {
      bucket.take(never()).then(() => starts.push(clock.now()));
      random = (random * 48271) % 2147483647;
      if (random % 3 === 0) await clock.advance(random % 20_000);
    }
    await clock.advance(24 * 60 * 60_000);
    assertEquals(starts.length, 500);
    for (let i = limit; i < starts.length; i++) {
      assert(starts[i]! - starts[i - limit]! >= 61_000 - 1, `start ${i}`);
    }
  }
});

Deno.test("TokenBucket.take() paces starts, and uses the whole limit when requests wait", async () => {
  const clock = new FakeClock();
  const bucket = new TokenBucket(bucketParameters(100), { clock });
  let started = 0;
  for (let i = 0; i < 1000; i++) bucket.take(never()).then(() => started++);
  await clock.advance(0);
  assertEquals(started, 1);
  await clock.advance(610);
  assertEquals(started, 2);
  await clock.advance(9 * 61_000 - 610);
  assert(started >= 895 && started <= 901, `${started}`);
});

Deno.test("TokenBucket.take() starts a burst at once after a pause", async () => {
  const clock = new FakeClock();
  const bucket = new TokenBucket(bucketParameters(100, 20), { clock });
  let started = 0;
  for (let i = 0; i < 50; i++) bucket.take(never()).then(() => started++);
  await clock.advance(0);
  assertEquals(started, 20);
  await clock.advance(61_000);
  assertEquals(started, 50);
});

Deno.test("TokenBucket.take() serves callers in order", async () => {
  const clock = new FakeClock();
  const bucket = new TokenBucket(bucketParameters(1), { clock });
  const order: number[] = [];
  for (let i = 0; i < 5; i++) bucket.take(never()).then(() => order.push(i));
  await clock.advance(5 * 61_000);
  assertEquals(order, [0, 1, 2, 3, 4]);
});

Deno.test("TokenBucket.take() starts less than once a minute when the limit is below one", async () => {
  const clock = new FakeClock();
  const bucket = new TokenBucket(bucketParameters(0.5), { clock });
  let started = 0;
  for (let i = 0; i < 3; i++) bucket.take(never()).then(() => started++);
  await clock.advance(120_000);
  assertEquals(started, 1);
  await clock.advance(1_000);
  assertEquals(started, 2);
  await clock.advance(121_000);
  assertEquals(started, 3);
});

Deno.test("TokenBucket.take() rejects when aborted, and loses no token and leaves no timer", async () => {
  const clock = new FakeClock();
  const bucket = new TokenBucket(bucketParameters(1), { clock });
  await bucket.take(never());
  const controller = new AbortController();
  const waiting = bucket.take(controller.signal);
  await clock.untilSleeping(1);
  controller.abort(new Error("enough"));
  await assertRejects(() => waiting, Error, "enough");
  await clock.untilSleeping(0);
  let started = false;
  bucket.take(never()).then(() => started = true);
  await clock.advance(61_000);
  assert(started);
});

Deno.test("TokenBucket.take() leaves no timer when both signals of a combined one are aborted", async () => {
  const clock = new FakeClock();
  const bucket = new TokenBucket(bucketParameters(1), { clock });
  await bucket.take(never());
  const one = new LightAbortController();
  const other = new LightAbortController();
  const waiting = bucket.take(anySignal(one, other));
  await clock.untilSleeping(1);
  one.abort(new Error("enough"));
  other.abort(new Error("later"));
  await assertRejects(() => waiting, Error, "enough");
  await clock.untilSleeping(0);
});
