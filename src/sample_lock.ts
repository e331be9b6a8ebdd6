/** The state of a lock: `peek` returns `free` or `locked`, `acquire` returns `acquired` or `locked`. */
export type LockState = "free" | "acquired" | "locked";

/**
 * The right to request a sample, among processes that share a cache or a transport. It is held from
 * just before a request is sent until its answer is stored.
 */
export interface SampleLock extends Disposable {
  /** Returns whether another process holds the lock, without acquiring it. */
  peek(): "free" | "locked";
  /** Acquires the lock, unless another process holds it. */
  acquire(): "acquired" | "locked" | Promise<"acquired" | "locked">;
  /** Releases the lock if it is held. */
  release(): void | Promise<void>;
}

/** The lock of a sample that no other process can request. */
export const NO_LOCK: SampleLock = {
  peek: () => "free",
  acquire: () => "acquired",
  release: () => {},
  [Symbol.dispose]: () => {},
};
