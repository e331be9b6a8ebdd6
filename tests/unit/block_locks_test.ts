import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { join } from "@std/path/join";
import { BlockLocks } from "../../src/cache/block_locks.ts";
import { LockHolder } from "../../src/cache/lock_holder.ts";
import { PACK_LOCK } from "../../src/cache/pack_name.ts";
import { TempDir } from "../support/temp_dir.ts";

/** Two processes that share a cache, as far as their locks can tell. */
class TwoProcesses implements AsyncDisposable {
  readonly dir = new TempDir();
  readonly directory = join(this.dir.path, "prompt");
  readonly holders = [1, 2].map(() => new LockHolder(this.dir.path));
  readonly ours = new BlockLocks(this.holders[0]!);
  readonly theirs = new BlockLocks(this.holders[1]!);

  constructor() {
    Deno.mkdirSync(this.directory);
  }

  sample(seed: number) {
    return { directory: this.directory, seed };
  }

  files(): string[] {
    return [...Deno.readDirSync(this.directory)].map(({ name }) => name).sort();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const holder of this.holders) holder.close();
    await this.dir[Symbol.asyncDispose]();
  }
}

Deno.test("BlockLocks.acquire() creates one file for 16 seeds, until the last is released", async () => {
  await using two = new TwoProcesses();
  const { ours } = two;
  const seeds = [15, 0, 7, 16, 123_456];
  assertEquals(seeds.map((seed) => ours.acquire(two.sample(seed))), [
    true,
    true,
    true,
    true,
    true,
  ]);
  assertEquals(two.files(), [
    ".seeds_00000-00015.lock",
    ".seeds_00016-00031.lock",
    ".seeds_123456-123471.lock",
  ]);
  for (const seed of [0, 15, 16]) ours.release(two.sample(seed));
  assertEquals(two.files(), [
    ".seeds_00000-00015.lock",
    ".seeds_123456-123471.lock",
  ]);
  for (const seed of [7, 123_456]) ours.release(two.sample(seed));
  assertEquals(two.files(), []);
});

Deno.test("BlockLocks.acquire() leaves a block to the process that locked one of its seeds", async () => {
  await using two = new TwoProcesses();
  const { ours, theirs } = two;
  const [first, second, other] = [2, 3, 99].map((seed) => two.sample(seed));
  assertEquals(theirs.acquire(first!), true);
  assertEquals(
    [first, second, other].map((sample) => [
      ours.isLocked(sample!),
      ours.acquire(sample!),
    ]),
    [[true, false], [true, false], [false, true]],
  );
  theirs.release(first!);
  assertEquals([ours.isLocked(second!), ours.acquire(second!)], [false, true]);
  assertEquals(theirs.acquire(first!), false);
});

Deno.test("BlockLocks.acquire() locks a seed once in its own process", async () => {
  await using two = new TwoProcesses();
  const { ours } = two;
  const [one, next] = [two.sample(2), two.sample(3)];
  assertEquals([ours.acquire(one), ours.acquire(one)], [true, false]);
  assertEquals([ours.isLocked(one), ours.isLocked(next)], [true, false]);
  ours.release(one);
  // A release without a lock changes nothing.
  ours.release(one);
  assertEquals([ours.isLocked(one), ours.acquire(one)], [false, true]);
});

Deno.test("BlockLocks.acquire() joins no block that was taken over while the process was suspended", async () => {
  await using two = new TwoProcesses();
  const { ours, theirs } = two;
  const [one, next] = [two.sample(2), two.sample(3)];
  const { now } = performance;
  assertEquals(ours.acquire(one), true);
  const [name] = two.files();
  const path = join(two.directory, name!);
  const before = new Date(Date.now() - 40_000);
  Deno.utimeSync(path, before, before);
  assertEquals(theirs.acquire(next), true);
  try {
    performance.now = () => now.call(performance) + 40_000;
    assertEquals(ours.acquire(next), false);
    ours.release(one);
  } finally {
    performance.now = now;
  }
  assertEquals(two.files(), [name], "the lock of the other process is kept");
  theirs.release(next);
  assertEquals([ours.acquire(next), two.files().length], [true, 1]);
});

Deno.test("BlockLocks.acquire() locks no sample while another process changes the packs", async () => {
  await using two = new TwoProcesses();
  const { ours, directory } = two;
  const packs = { directory, name: PACK_LOCK };
  const [, theirs] = two.holders;
  assertEquals(theirs!.acquire(packs), true);
  assertEquals([ours.acquire(two.sample(2)), ours.epoch(directory)], [
    false,
    null,
  ]);
  assertEquals(two.files(), [PACK_LOCK]);
  theirs!.release(packs);
  assertEquals(ours.acquire(two.sample(2)), true);
});

Deno.test("BlockLocks.epoch() returns the same object until no sample of a prompt is locked", async () => {
  await using two = new TwoProcesses();
  const { ours, directory } = two;
  const [first, second] = [two.sample(2), two.sample(40)];
  assertEquals(ours.epoch(directory), null);
  ours.acquire(first!);
  const epoch = ours.epoch(directory);
  assert(epoch !== null);
  ours.acquire(second!);
  ours.release(first!);
  assertStrictEquals(ours.epoch(directory), epoch);
  ours.release(second!);
  assertEquals(ours.epoch(directory), null);
  ours.acquire(first!);
  assert(ours.epoch(directory) !== epoch);
});
