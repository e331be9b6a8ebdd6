import { assert, assertEquals } from "@std/assert";
import {
  type HolderFacts,
  holderText,
  isLockStale,
  type LockObserver,
} from "../../src/cache/is_lock_stale.ts";

const ID = "00000000-0000-4000-8000-000000000000";
const NAMESPACE = "5e744483-e497-44fd-a982-39a1ea9b8f6d pid:[4026531836]";
const MARK = { pid: 4321, namespace: NAMESPACE };

const UNLOCKED = holderText({ id: ID, isLocked: false, mark: MARK });

/**
 * Whether a holder counts as dead that has been silent for ten seconds and whose process has ended.
 */
function isDead(
  text: string,
  facts: Partial<HolderFacts> = {},
  witness: Partial<LockObserver> = {},
): boolean {
  return isLockStale(
    { readText: () => text, isFree: null, sinceHeartbeatMs: 10_000, ...facts },
    {
      mark: { pid: 99, namespace: NAMESPACE },
      hasEnded: (id) => id === 4321,
      ...witness,
    },
  );
}

Deno.test("isLockStale() is true 2 s after the last heartbeat if the process has ended", () => {
  for (
    const [sinceHeartbeatMs, expected] of [[2_000, false], [
      2_001,
      true,
    ]] as const
  ) {
    assertEquals(isDead(UNLOCKED, { sinceHeartbeatMs }), expected);
  }
});

Deno.test("isLockStale() depends only on the heartbeat if the process may be alive", () => {
  const hasEnded = () => false;
  for (
    const [sinceHeartbeatMs, expected] of [[30_000, false], [
      30_001,
      true,
    ]] as const
  ) {
    assertEquals(
      isDead(UNLOCKED, { sinceHeartbeatMs }, { hasEnded }),
      expected,
    );
  }
});

Deno.test("isLockStale() is false if the holder's process cannot be identified", () => {
  const textFrom = (namespace: string) =>
    holderText({ id: ID, isLocked: false, mark: { pid: 4321, namespace } });
  const undecided = [
    textFrom(NAMESPACE.replace("36]", "37]")),
    textFrom(NAMESPACE.replace("5e", "6e")),
    textFrom("host"),
    holderText({ id: ID, isLocked: false, mark: null }),
    UNLOCKED.trimEnd(),
    UNLOCKED.replace("4321", "-4321"),
    UNLOCKED.replace("4321", ""),
    UNLOCKED.replace("process", "proc"),
    "",
    "\0".repeat(64),
  ];
  for (const text of undecided) assertEquals(isDead(text), false, text);
  assertEquals(isDead(UNLOCKED, {}, { mark: null }), false);
});

Deno.test("isLockStale() depends on the file lock if there is one", () => {
  const locked = holderText({ id: ID, isLocked: true, mark: null });
  assertEquals(isDead(locked, { isFree: true }), true);
  assertEquals(isDead(locked, { isFree: false }), false);
  assertEquals(isDead(locked, { isFree: null }), false);
  assertEquals(
    isDead(locked, { isFree: true, sinceHeartbeatMs: 2_000 }),
    false,
  );
  const named = holderText({
    id: ID,
    isLocked: false,
    mark: { pid: 1, namespace: "is locked" },
  });
  assertEquals(isDead(named, { isFree: true }), false);
});

Deno.test("isLockStale() does not read the file of a holder with a heartbeat or a file lock", () => {
  const readText = () => {
    throw new Error("it is read");
  };
  assertEquals(isDead("", { readText, sinceHeartbeatMs: 500 }), false);
  assertEquals(isDead("", { readText, isFree: false }), false);
});

Deno.test("holderText() writes nothing that the previous version reads as a process state", () => {
  const bytesRead = 64;
  for (const namespace of ["locked", "is locked", NAMESPACE]) {
    const text = holderText({
      id: ID,
      isLocked: false,
      mark: { pid: 1, namespace },
    });
    assert(!text.slice(0, bytesRead).includes("locked"), text);
  }
  assertEquals(
    holderText({ id: ID, isLocked: true, mark: null }),
    `${ID} locked\n`,
  );
});

Deno.test("isLockStale() is true for a future heartbeat only if the process has ended", () => {
  const sinceHeartbeatMs = -3_600_000;
  assert(isDead(UNLOCKED, { sinceHeartbeatMs }));
  const hasEnded = () => false;
  assert(!isDead(UNLOCKED, { sinceHeartbeatMs }, { hasEnded }));
  const locked = holderText({ id: ID, isLocked: true, mark: MARK });
  assert(isDead(locked, { sinceHeartbeatMs, isFree: true }));
  assert(!isDead(locked, { sinceHeartbeatMs, isFree: false }));
});
