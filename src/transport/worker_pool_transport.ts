import { defaultWorkers } from "../platform/deno/default_workers.ts";
import { spawnWorker } from "../platform/deno/spawn_worker.ts";
import { system } from "../platform/deno/system.ts";
import type { WorkerEvents, WorkerHandle } from "../platform/spawn_worker.ts";
import { type Outcome, workerFailure } from "../outcome.ts";
import type { PreparedRequest } from "../prepared_request.ts";
import type { SendOptions, Transport } from "../transport.ts";
import { abortable } from "../util/abortable.ts";
import type { FromWorker, NumberedRequest } from "../worker_messages.ts";

/** Options of a {@linkcode WorkerPoolTransport}. */
export interface WorkerPoolOptions {
  /** The maximum number of workers; by default {@linkcode defaultWorkers}. */
  readonly size?: number;
  /** Starts a worker. */
  readonly spawn?: (events: WorkerEvents) => WorkerHandle;
}

/** The number of requests of one worker before the next is started: starting one takes 20 ms. */
const REQUESTS_PER_WORKER = 32;

/**
 * How long idle workers are kept, in milliseconds: long enough for the next call in a loop, short
 * enough for a script that ends. A live worker keeps the process alive.
 */
const IDLE_MS = 50;

/** Crashes in a row, without an answer between them, after which no more workers are started. */
const MAX_CRASHES = 3;

interface Member {
  readonly worker: WorkerHandle;
  readonly pending: Map<number, (outcome: Outcome) => void>;
  /** Requests to post together at the end of this turn of the event loop. */
  outbox: NumberedRequest[];
}

/** Sends requests from workers, which are started as needed and terminated when they are idle. */
export class WorkerPoolTransport implements Transport {
  readonly #size: number;
  readonly #spawn: NonNullable<WorkerPoolOptions["spawn"]>;
  readonly #members = new Set<Member>();
  #nextId = 0;
  #crashes = 0;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  /** Starts no worker yet. */
  constructor({ size, spawn = spawnWorker }: WorkerPoolOptions = {}) {
    this.#size = size ?? defaultWorkers(system.cpuCount());
    this.#spawn = spawn;
  }

  /** The number of running workers. */
  get workers(): number {
    return this.#members.size;
  }

  /**
   * Sends a request from the least busy worker. A crash of the worker is an outcome, too.
   *
   * @throws The signal's reason, if it is aborted.
   */
  send(
    request: PreparedRequest,
    { signal }: SendOptions,
  ): Promise<Outcome> {
    signal.throwIfAborted();
    if (this.#closed) {
      return Promise.resolve(
        workerFailure("the client is closed", { retryable: false }),
      );
    }
    clearTimeout(this.#idleTimer);
    const id = this.#nextId++;
    const member = this.#leastBusy();
    return abortable(signal, (resolve) => {
      member.pending.set(id, resolve);
      if (member.outbox.push({ id, request }) === 1) {
        queueMicrotask(() => this.#flush(member));
      }
      return () => {
        member.pending.delete(id);
        this.#flush(member);
        member.worker.post({ type: "cancel", id });
        this.#endIfIdle();
      };
    });
  }

  /** Terminates all workers. Requests in flight fail. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#idleTimer);
    for (const member of this.#members) {
      this.#end(
        member,
        workerFailure("the client was closed", { retryable: false }),
      );
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
      const resolve = member.pending.get(id);
      member.pending.delete(id);
      resolve?.(outcome);
    }
    this.#endIfIdle();
  }

  #crashed(member: Member, reason: string): void {
    const isLast = ++this.#crashes >= MAX_CRASHES;
    const message = isLast
      ? `${MAX_CRASHES} workers in a row crashed or did not load: ${reason}`
      : `a worker crashed or did not load: ${reason}`;
    this.#end(member, workerFailure(message, { retryable: !isLast }));
    this.#endIfIdle();
  }

  #end(member: Member, outcome: Outcome): void {
    this.#members.delete(member);
    member.worker.terminate();
    for (const resolve of member.pending.values()) resolve(outcome);
    member.pending.clear();
  }

  #endIfIdle(): void {
    for (const member of this.#members) if (member.pending.size > 0) return;
    clearTimeout(this.#idleTimer);
    if (this.#members.size === 0) return;
    this.#idleTimer = setTimeout(() => {
      for (const member of this.#members) {
        this.#end(
          member,
          workerFailure("the worker was idle", { retryable: false }),
        );
      }
    }, IDLE_MS);
  }
}
