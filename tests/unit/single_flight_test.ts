import { assertEquals, assertRejects } from "@std/assert";
import { SingleFlight } from "../../src/util/single_flight.ts";
import { StopController } from "../../src/util/stop_controller.ts";

const caller = () => new StopController();

Deno.test("SingleFlight.run() does work once if requested twice at the same time", async () => {
  const flights = new SingleFlight<number>();
  let starts = 0;
  const work = () => Promise.resolve(++starts);
  const both = [1, 2].map(() => flights.run("a", caller(), work));
  assertEquals(await Promise.all(both), [1, 1]);
  assertEquals(await flights.run("a", caller(), work), 2);
});

Deno.test("SingleFlight.run() continues for other callers when one aborts", async () => {
  const flights = new SingleFlight<string>();
  const { promise, resolve } = Promise.withResolvers<string>();
  const first = caller();
  const one = flights.run("a", first, ({ abortSignal }) => {
    abortSignal.addEventListener("abort", () => resolve("cancelled"), {
      once: true,
    });
    return promise;
  });
  const two = flights.run("a", caller(), () => Promise.resolve("again"));
  first.abort(new Error("enough"));
  await assertRejects(() => one, Error, "enough");
  resolve("done");
  assertEquals(await two, "done");
});

Deno.test("SingleFlight.run() aborts the work when all callers have aborted", async () => {
  const flights = new SingleFlight<void>();
  const callers = [caller(), caller()];
  let isCancelled = false;
  const runs = callers.map((stops) =>
    flights.run("a", stops, ({ abortSignal }) =>
      new Promise((_, reject) => {
        abortSignal.addEventListener("abort", () => {
          isCancelled = true;
          reject(abortSignal.reason);
        }, { once: true });
      }))
  );
  callers[0]!.abort(new Error("one"));
  await assertRejects(() => runs[0]!, Error, "one");
  assertEquals(isCancelled, false);
  callers[1]!.abort(new Error("two"));
  await assertRejects(() => runs[1]!, Error, "two");
  assertEquals(isCancelled, true);
});

Deno.test("SingleFlight.run() lets joined callers do the work themselves when it fails", async () => {
  const flights = new SingleFlight<string>();
  const one = flights.run(
    "a",
    caller(),
    () => Promise.reject(new Error("mine")),
  );
  const two = flights.run("a", caller(), () => Promise.resolve("theirs"));
  await assertRejects(() => one, Error, "mine");
  assertEquals(await two, "theirs");
});

Deno.test("SingleFlight.run() lets a joined caller abort while the others continue", async () => {
  const flights = new SingleFlight<string>();
  const { promise, resolve } = Promise.withResolvers<string>();
  const one = flights.run("a", caller(), () => promise);
  const joiner = caller();
  const two = flights.run("a", joiner, () => Promise.resolve("again"));
  joiner.stop(new Error("stopped"));
  await assertRejects(() => two, Error, "stopped");
  assertEquals(flights.has("a"), true);
  resolve("done");
  assertEquals(await one, "done");
});

Deno.test("SingleFlight.run() stops the work when the last waiting caller stops", async () => {
  const flights = new SingleFlight<string>();
  const { promise, resolve } = Promise.withResolvers<string>();
  const [first, last] = [caller(), caller()];
  let isStopped = false;
  const one = flights.run("a", first, ({ stopSignal }) => {
    stopSignal.addEventListener("abort", () => isStopped = true, {
      once: true,
    });
    return promise;
  });
  const two = flights.run("a", last, () => Promise.resolve("again"));
  first.abort(new Error("enough"));
  await assertRejects(() => one, Error, "enough");
  last.stop(new Error("stopped"));
  assertEquals(isStopped, true);
  resolve("what was paid");
  assertEquals(await two, "what was paid");
});

Deno.test("SingleFlight.run() lets new callers join after a joined caller aborts", async () => {
  const flights = new SingleFlight<string>();
  const { promise, resolve } = Promise.withResolvers<string>();
  const one = flights.run("a", caller(), () => promise);
  const joiner = caller();
  const two = flights.run("a", joiner, () => Promise.resolve("again"));
  joiner.abort(new Error("enough"));
  await assertRejects(() => two, Error, "enough");
  const three = flights.run("a", caller(), () => Promise.resolve("again"));
  resolve("once");
  assertEquals(await Promise.all([one, three]), ["once", "once"]);
});

Deno.test("SingleFlight.run() shares a failure when configured to", async () => {
  const flights = new SingleFlight<string>({ sharesFailure: true });
  const fail = () => Promise.reject(new Error("mine"));
  const both = [1, 2].map(() => flights.run("a", caller(), fail));
  for (const run of both) await assertRejects(() => run, Error, "mine");
});
