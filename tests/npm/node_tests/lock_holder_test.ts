import { assertEquals } from "@std/assert";
import { join } from "@std/path/join";
import { system } from "../../../src/platform/node/system.ts";
import { LockHolder } from "../../../src/cache/lock_holder.ts";
import { holderText } from "../../../src/cache/is_lock_stale.ts";
import { TempDir } from "../../support/temp_dir.ts";

/** Writes the lock of a local holder whose last heartbeat was some seconds ago. */
function leaveClaim(dir: TempDir, pid: number, seconds: number): void {
  const path = join(dir.path, "claim");
  const mark = { ...system.processId()!, pid };
  Deno.writeTextFileSync(
    path,
    holderText({ id: crypto.randomUUID(), isLocked: false, mark }),
  );
  const before = new Date(Date.now() - seconds * 1000);
  Deno.utimeSync(path, before, before);
}

/** Returns the ID of a process that has ended. */
async function endedId(): Promise<number> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["--eval", "setInterval(() => {}, 1000)"],
  }).spawn();
  const { pid } = child;
  child.kill("SIGKILL");
  await child.status;
  return pid;
}

Deno.test("LockHolder.acquire() takes over a dead process's lock two seconds after its last heartbeat", async () => {
  await using dir = new TempDir();
  const claim = { directory: dir.path, name: "claim" };
  const id = await endedId();
  const owner = new LockHolder(dir.path);
  leaveClaim(dir, id, 1);
  assertEquals([owner.isLocked(claim), owner.acquire(claim)], [true, false]);
  leaveClaim(dir, id, 3);
  assertEquals([owner.isLocked(claim), owner.acquire(claim)], [false, true]);
  owner.release(claim);
  owner.close();
  assertEquals([...Deno.readDirSync(dir.path)], []);
});

Deno.test("LockHolder.acquire() respects a running process without heartbeats for 30 s", async () => {
  await using dir = new TempDir();
  const claim = { directory: dir.path, name: "claim" };
  const owner = new LockHolder(dir.path);
  const { pid: own } = system.processId()!;
  // Process 1 usually belongs to another user. Windows has none.
  const ids = Deno.build.os === "windows" ? [own] : [own, 1];
  for (const id of ids) {
    leaveClaim(dir, id, 20);
    assertEquals([owner.isLocked(claim), owner.acquire(claim)], [true, false]);
  }
  leaveClaim(dir, own, 40);
  assertEquals(owner.acquire(claim), true);
  owner.release(claim);
  owner.close();
});
