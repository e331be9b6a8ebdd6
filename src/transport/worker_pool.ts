import type { WorkerEvents, WorkerHandle } from "../platform/spawn_worker.ts";
import type { Outcome } from "../outcome.ts";
import type { FromWorker, NumberedRequest } from "../worker_messages.ts";
import type { PreparedRequest } from "../prepared_request.ts";

import type { AbortSignalLike } from "../abort_signal_like.ts";

/** What a pool is made of. */
export interface WorkerPoolOptions {
  /** The most workers. */
  readonly size: number;
  /** Starts one. */
  readonly spawn: (events: WorkerEvents) => WorkerHandle;
}

/** How many requests one worker has before the next is started: starting one costs 20 ms. */
const REQUESTS_PER_WORKER = 32;

/**
 * How long workers without work are kept, in milliseconds: long enough for the next call of
 * a loop, short enough for a script that ends. A live worker keeps the program alive.
 */
const IDLE_MS = 50;

/** Crashes without an answer between them, after which no worker is started any more. */
const MAX_CRASHES = 3;

interface Pending {
  readonly resolve: (outcome: Outcome) => void;
}

interface Member {
  readonly worker: WorkerHandle;
  readonly pending: Map<number, Pending>;
  /** Requests that go out together when this turn of the event loop is over. */
  outbox: NumberedRequest[];
}

/** Workers that send requests, started as they are needed and ended when there is nothing to do. */
export class WorkerPool {
  readonly #size: number;
  readonly #spawn: WorkerPoolOptions["spawn"];
  readonly #members = new Set<Member>();
  #nextId = 0;
  #crashes = 0;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  /** Makes a pool; no worker is started yet. */
  constructor({ size, spawn }: WorkerPoolOptions) {
    this.#size = size;
    this.#spawn = spawn;
  }

  /** How many workers run. */
  get workers(): number {
    return this.#members.size;
  }

  /**
   * Has the least busy worker send a request. A worker's crash is an outcome like any other.
   *
   * @throws The signal's reason, where it is aborted: the request is cancelled.
   */
  send(request: PreparedRequest, signal: AbortSignalLike): Promise<Outcome> {
    signal.throwIfAborted();
    if (this.#closed) return Promise.resolve(failed("the client is closed"));
    clearTimeout(this.#idleTimer);
    const id = this.#nextId++;
    const member = this.#leastBusy();
    return new Promise((resolve, reject) => {
      const cancel = () => {
        member.pending.delete(id);
        this.#flush(member);
        member.worker.post({ type: "cancel", id });
        this.#endIfIdle();
        reject(signal.reason);
      };
      signal.addEventListener("abort", cancel, { once: true });
      member.pending.set(id, {
        resolve: (outcome) => {
          signal.removeEventListener("abort", cancel);
          resolve(outcome);
        },
      });
      if (member.outbox.push({ id, request }) === 1) {
        queueMicrotask(() => this.#flush(member));
      }
    });
  }

  /** Ends all workers. Requests under way fail. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#idleTimer);
    for (const member of this.#members) {
      this.#end(member, failed("the client was closed"));
    }
  }

  #flush(member: Member): void {
    const { outbox: requests } = member;
    member.outbox = [];
    if (requests.length > 0) member.worker.post({ type: "send", requests });
  }

  #leastBusy(): Member {
    let best: Member | undefined;
    for (const member of this.#members) {
      if (best === undefined || member.pending.size < best.pending.size) {
        best = member;
      }
    }
    const isEnough = best !== undefined &&
      (best.pending.size < REQUESTS_PER_WORKER ||
        this.#members.size >= this.#size);
    return best !== undefined && isEnough ? best : this.#start();
  }

  #start(): Member {
    const worker = this.#spawn({
      onMessage: (message) => this.#receive(member, message),
      onCrash: (reason) => this.#crashed(member, reason),
    });
    const member: Member = { worker, pending: new Map(), outbox: [] };
    this.#members.add(member);
    return member;
  }

  #receive(member: Member, { outcomes }: FromWorker): void {
    this.#crashes = 0;
    for (const { id, outcome } of outcomes) {
      const pending = member.pending.get(id);
      member.pending.delete(id);
      pending?.resolve(outcome);
    }
    this.#endIfIdle();
  }

  #crashed(member: Member, reason: string): void {
    const isLast = ++this.#crashes >= MAX_CRASHES;
    const message = isLast
      ? `${MAX_CRASHES} workers in a row crashed or did not load: ${reason}`
      : `a worker crashed or did not load: ${reason}`;
    this.#end(member, failed(message, { retryable: !isLast }));
    this.#endIfIdle();
  }

  #end(member: Member, outcome: Outcome): void {
    this.#members.delete(member);
    member.worker.terminate();
    for (const pending of member.pending.values()) pending.resolve(outcome);
    member.pending.clear();
  }

  #endIfIdle(): void {
    for (const member of this.#members) if (member.pending.size > 0) return;
    clearTimeout(this.#idleTimer);
    if (this.#members.size === 0) return;
    this.#idleTimer = setTimeout(() => {
      for (const member of this.#members) {
        this.#end(member, failed("the worker was idle"));
      }
    }, IDLE_MS);
  }
}

function failed(
  message: string,
  { retryable }: { readonly retryable: boolean } = { retryable: false },
): Outcome {
  return { type: "failure", failure: { kind: "worker", message, retryable } };
}
