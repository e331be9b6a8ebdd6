import { assertEquals, assertRejects } from "@std/assert";
import { SingleFlight } from "../../src/dispatch/single_flight.ts";

function signal(): AbortSignal {
  return new AbortController().signal;
}

Deno.test("SingleFlight.run() does work once that is asked for twice at the same time", async () => {
  const flights = new SingleFlight<number>();
  let starts = 0;
  const work = () => Promise.resolve(++starts);
  const both = [1, 2].map(() => flights.run("a", signal(), work));
  assertEquals(await Promise.all(both), [1, 1]);
  assertEquals(await flights.run("a", signal(), work), 2);
});

Deno.test("SingleFlight.run() goes on for the others when one gives up", async () => {
  const flights = new SingleFlight<string>();
  const { promise, resolve } = Promise.withResolvers<string>();
  const first = new AbortController();
  const one = flights.run("a", first.signal, (cancel) => {
    cancel.addEventListener("abort", () => resolve("cancelled"), {
      once: true,
    });
    return promise;
  });
  const two = flights.run("a", signal(), () => Promise.resolve("again"));
  first.abort(new Error("enough"));
  await assertRejects(() => one, Error, "enough");
  resolve("done");
  assertEquals(await two, "done");
});

Deno.test("SingleFlight.run() ends the work when all have given up", async () => {
  const flights = new SingleFlight<void>();
  const callers = [new AbortController(), new AbortController()];
  let isCancelled = false;
  const runs = callers.map((caller) =>
    flights.run("a", caller.signal, (cancel) =>
      new Promise((_, reject) => {
        cancel.addEventListener("abort", () => {
          isCancelled = true;
          reject(cancel.reason);
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

Deno.test("SingleFlight.run() lets who joined do the work themselves when it fails", async () => {
  const flights = new SingleFlight<string>();
  const one = flights.run(
    "a",
    signal(),
    () => Promise.reject(new Error("mine")),
  );
  const two = flights.run("a", signal(), () => Promise.resolve("theirs"));
  await assertRejects(() => one, Error, "mine");
  assertEquals(await two, "theirs");
});
