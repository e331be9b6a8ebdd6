import { assertEquals, assertThrows } from "@std/assert";
import { join } from "@std/path/join";
import { LockHolder } from "../../src/cache/lock_holder.ts";
import { CacheError } from "../../src/errors.ts";
import { TempDir } from "../support/temp_dir.ts";

/** Sets the last heartbeat of a lock's holder back, by the file system's clock. */
function ageBy(seconds: number, path: string): void {
  const { mtime } = Deno.statSync(path);
  const before = new Date(mtime!.getTime() - seconds * 1000);
  Deno.utimeSync(path, before, before);
}

/** Creates what a killed process leaves: the lock, and a holder's file that is not locked. */
function leaveStaleLock(root: string): void {
  const holder = new LockHolder(root);
  holder.acquire({ directory: root, name: "lock" });
  holder.close();
}

function makePipe(path: string): void {
  new Deno.Command("mkfifo", { args: [path] }).outputSync();
}

function names(root: string): string[] {
  return [...Deno.readDirSync(root)].map(({ name }) => name).sort();
}

Deno.test("LockHolder.acquire() gives a lock to one holder, until it is released", async () => {
  await using dir = new TempDir();
  const [one, two] = [new LockHolder(dir.path), new LockHolder(dir.path)];
  const lock = { directory: dir.path, name: "lock" };
  assertEquals([one.acquire(lock), two.acquire(lock)], [true, false]);
  one.release(lock);
  assertEquals([two.acquire(lock), one.acquire(lock)], [true, false]);
  two.release(lock);
  one.close();
  two.close();
  assertEquals(names(dir.path), []);
});

Deno.test("LockHolder.acquire() takes over a dead holder's lock 2 s after its last heartbeat", async () => {
  await using dir = new TempDir();
  const lock = { directory: dir.path, name: "lock" };
  const path = join(dir.path, "lock");
  leaveStaleLock(dir.path);
  const holder = new LockHolder(dir.path);
  assertEquals(holder.acquire(lock), false);
  ageBy(2.5, path);
  assertEquals(holder.acquire(lock), true);
  holder.release(lock);
  holder.close();
  assertEquals(names(dir.path), []);
});

Deno.test("LockHolder.acquire() respects a locked holder for 30 s after its last heartbeat", async () => {
  await using dir = new TempDir();
  const lock = { directory: dir.path, name: "lock" };
  const path = join(dir.path, "lock");
  const [stopped, other] = [
    new LockHolder(dir.path),
    new LockHolder(dir.path),
  ];
  stopped.acquire(lock);
  ageBy(29, path);
  assertEquals([other.isLocked(lock), other.acquire(lock)], [true, false]);
  ageBy(2, path);
  assertEquals([other.isLocked(lock), other.acquire(lock)], [false, true]);
  other.release(lock);
  stopped.close();
  other.close();
});

Deno.test("LockHolder.acquire() succeeds after the cache directory was removed", async () => {
  await using dir = new TempDir();
  const root = join(dir.path, "cache");
  const lock = { directory: join(root, "a", "b"), name: "lock" };
  const [one, two] = [new LockHolder(root), new LockHolder(root)];
  Deno.removeSync(root, { recursive: true });
  assertEquals([one.acquire(lock), two.acquire(lock)], [true, false]);
  one.release(lock);
  assertEquals(two.acquire(lock), true);
  two.release(lock);
  one.close();
  two.close();
  assertEquals(names(root), ["a"]);
});

Deno.test("LockHolder does not wait for a lock path that is not a file", async () => {
  await using dir = new TempDir();
  const holder = new LockHolder(dir.path);
  for (const make of [makePipe, Deno.mkdirSync]) {
    const name = make.name;
    make(join(dir.path, name));
    const lock = { directory: dir.path, name };
    assertEquals(holder.isLocked(lock), false);
    assertThrows(() => holder.acquire(lock), CacheError, "it is not a file");
  }
  holder.close();
});

Deno.test("LockHolder.acquire() depends on the heartbeat if the holder has no file lock", async () => {
  await using dir = new TempDir();
  const lock = { directory: dir.path, name: "lock" };
  const path = join(dir.path, "lock");
  leaveStaleLock(dir.path);
  const text = Deno.readTextFileSync(path);
  Deno.writeTextFileSync(path, text.replace("locked", "without lock"));
  const holder = new LockHolder(dir.path);
  ageBy(10, path);
  assertEquals(holder.acquire(lock), false);
  ageBy(21, path);
  assertEquals(holder.acquire(lock), true);
  holder.release(lock);
  holder.close();
});

Deno.test("LockHolder.heartbeat() refreshes each of its locks", async () => {
  await using dir = new TempDir();
  const locks = ["a", "b"].map((name) => ({ directory: dir.path, name }));
  const paths = locks.map(({ name }) => join(dir.path, name));
  const holder = new LockHolder(dir.path);
  for (const lock of locks) holder.acquire(lock);
  ageBy(3600, paths[0]!);
  const before = Deno.statSync(paths[1]!).mtime!.getTime();
  holder.heartbeat();
  assertEquals(Deno.statSync(paths[1]!).mtime!.getTime() - before > 0, true);
  for (const lock of locks) holder.release(lock);
  holder.close();
});

Deno.test("new LockHolder() removes files of dead holders, and keeps those of live ones", async () => {
  await using dir = new TempDir();
  const lock = join(dir.path, "lock");
  leaveStaleLock(dir.path);
  Deno.renameSync(lock, join(dir.path, ".owner-dead"));
  ageBy(60, join(dir.path, ".owner-dead"));
  const living = new LockHolder(dir.path);
  const [file] = names(dir.path);
  ageBy(20, join(dir.path, file!));
  new LockHolder(dir.path).close();
  assertEquals(names(dir.path), [file]);
  living.close();
});

Deno.test("LockHolder throws a CacheError if it cannot create its file or a lock", async () => {
  await using dir = new TempDir();
  const file = join(dir.path, "file");
  Deno.writeTextFileSync(file, "");
  assertThrows(() => new LockHolder(file), CacheError, file);
  const holder = new LockHolder(dir.path);
  const place = { directory: join(file, "nowhere"), name: "lock" };
  assertThrows(() => holder.acquire(place), CacheError, "cannot link");
  holder.close();
});
