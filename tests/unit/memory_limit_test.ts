import { assert, assertEquals, assertRejects } from "@std/assert";
import { MemoryLimit } from "../../src/scheduler/memory_limit.ts";
import { never } from "../support/never.ts";

const MIB = 1024 * 1024;

Deno.test("MemoryLimit admits 16 MiB of bodies, and another when one is released", async () => {
  const memory = new MemoryLimit();
  const uses = [];
  for (let i = 0; i < 3; i++) uses.push(await memory.acquire(5 * MIB, never()));
  let isAdmitted = false;
  const fourth = memory.acquire(5 * MIB, never());
  fourth.then(() => {
    isAdmitted = true;
  });
  const abort = new AbortController();
  const fifth = memory.acquire(MIB * 3, abort.signal);
  abort.abort(new Error("enough"));
  await assertRejects(() => fifth, Error, "enough");
  assertEquals(isAdmitted, false);
  uses.pop()![Symbol.dispose]();
  (await fourth)[Symbol.dispose]();
});

Deno.test("MemoryLimit admits a body above the limit alone, and does not count small ones", async () => {
  const memory = new MemoryLimit();
  using _ = await memory.acquire(100 * MIB, never());
  assert(!memory.counts(10_000) && memory.counts(100_000));
});
