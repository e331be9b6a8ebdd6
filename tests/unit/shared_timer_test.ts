import { assert, assertEquals } from "@std/assert";
import { SharedTimer } from "../../src/util/shared_timer.ts";

/** Timers of a clock that the test advances. */
class FakePlatform {
  nowMs = 0;
  created = 0;
  #timers = new Map<
    number,
    { readonly run: () => void; readonly at: number }
  >();

  readonly performance = { now: () => this.nowMs };

  get running(): number {
    return this.#timers.size;
  }

  setTimeout(run: () => void, delayMs: number): number {
    assert(delayMs >= 0, `${delayMs} is a negative delay`);
    this.#timers.set(++this.created, { run, at: this.nowMs + delayMs });
    return this.created;
  }

  clearTimeout(id: unknown): void {
    this.#timers.delete(id as number);
  }

  advance(ms: number): void {
    this.nowMs += ms;
    for (const [id, { run, at }] of this.#timers) {
      if (at > this.nowMs) continue;
      this.#timers.delete(id);
      run();
    }
  }
}

function startAll(delays: readonly number[]) {
  const platform = new FakePlatform();
  // A platform's own types of timers differ between Deno and Node.
  const timer = new SharedTimer(platform as unknown as typeof globalThis);
  const ran: number[] = [];
  const timeouts = delays.map((delayMs) =>
    timer.start(() => ran.push(delayMs), delayMs)
  );
  return { platform, timer, ran, timeouts };
}

Deno.test("SharedTimer runs each function at its time", () => {
  const { platform, ran } = startAll([300, 100, 200, 100]);
  platform.advance(99);
  assertEquals(ran, []);
  platform.advance(1);
  assertEquals(ran, [100, 100]);
  platform.advance(100);
  assertEquals(ran, [100, 100, 200]);
  platform.advance(1000);
  assertEquals(ran, [100, 100, 200, 300]);
  assertEquals(platform.running, 0);
});

Deno.test("SharedTimer creates one timer for timeouts with the same delay", () => {
  const { platform, timer, ran, timeouts } = startAll(Array(50).fill(100));
  for (const timeout of timeouts.slice(1)) timer.cancel(timeout);
  assertEquals(platform.created, 1);
  platform.advance(100);
  assertEquals(ran, [100]);
});

Deno.test("SharedTimer keeps no timer once all timeouts are cancelled", () => {
  const { platform, timer, ran, timeouts } = startAll([100, 200]);
  for (const timeout of timeouts) timer.cancel(timeout);
  assertEquals(platform.running, 0);
  platform.advance(1000);
  assertEquals(ran, []);
});

Deno.test("SharedTimer does not run a timeout that an earlier one cancelled", () => {
  const { platform, timer, ran } = startAll([]);
  const first = timer.start(() => timer.cancel(second), 100);
  const second = timer.start(() => ran.push(2), 100);
  platform.advance(100);
  assertEquals(ran, []);
  timer.cancel(first);
  assertEquals(platform.running, 0);
});

Deno.test("SharedTimer sets no timer with a negative delay when the event loop is late", () => {
  const { platform, ran } = startAll([100, 110]);
  platform.advance(500);
  assertEquals(ran, [100, 110]);
});
