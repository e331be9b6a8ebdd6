import { assertEquals, fail } from "@std/assert";
import { BlockLocks } from "../../src/cache/block_locks.ts";
import { FileLock } from "../../src/cache/file_lock.ts";
import { LockHolder } from "../../src/cache/lock_holder.ts";
import { Log } from "../../src/util/log.ts";
import { recordedLogger } from "../support/recorded_logger.ts";
import { TempDir } from "../support/temp_dir.ts";

function setUp(root: string) {
  const holders = [new LockHolder(root), new LockHolder(root)] as const;
  const warnings: string[] = [];
  const log = new Log(recordedLogger(warnings), "warn", new Set());
  const directory = `${root}/prompt`;
  Deno.mkdirSync(directory);
  const [ours, theirs] = holders.map((holder) =>
    new FileLock({
      held: {
        locks: new BlockLocks(holder),
        again: () => fail(),
        [Symbol.dispose]: () => {},
      },
      sample: { directory, seed: 7 },
      log,
    })
  ) as [FileLock, FileLock];
  return {
    ours,
    theirs,
    directory,
    warnings,
    [Symbol.dispose]: () => holders.forEach((holder) => holder.close()),
  };
}

Deno.test("FileLock.acquire() leaves the sample to the process that acquired it first", async () => {
  await using dir = new TempDir();
  using setting = setUp(dir.path);
  const { ours, theirs } = setting;
  assertEquals([theirs.acquire(), theirs.acquire()], ["acquired", "acquired"]);
  assertEquals(ours.acquire(), "locked");
  theirs.release();
  assertEquals([ours.acquire(), theirs.acquire()], ["acquired", "locked"]);
  ours.release();
});

Deno.test("FileLock.peek() returns what acquire() would find, and acquires nothing", async () => {
  await using dir = new TempDir();
  using setting = setUp(dir.path);
  const { ours, theirs } = setting;
  assertEquals([ours.peek(), theirs.acquire(), ours.peek()], [
    "free",
    "acquired",
    "locked",
  ]);
  theirs.release();
  assertEquals(ours.peek(), "free");
});

Deno.test("FileLock.acquire() warns and continues without a lock when none can be created", async () => {
  await using dir = new TempDir();
  using setting = setUp(dir.path);
  const { ours, directory, warnings } = setting;
  Deno.removeSync(directory, { recursive: true });
  Deno.writeTextFileSync(directory, "");
  assertEquals(ours.acquire(), "acquired");
  assertEquals(warnings.length, 1);
  Deno.removeSync(directory);
});
