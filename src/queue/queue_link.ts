import { Queue, QueueEvents } from "./npm_bullmq.ts";
import type { Redis } from "./npm_ioredis.ts";
import type { Outcome } from "../outcome.ts";
import type { AttemptJob } from "./attempt_job.ts";
import { connectRedis } from "./connect_redis.ts";
import { disconnectRedis } from "./disconnect_redis.ts";
import { JobBoard } from "./job_board.ts";
import { ATTEMPTS, PREFIX, WANTED } from "./queue_keys.ts";
import { type Survey, takeSurvey } from "./survey.ts";
import { RELEASE_SCRIPT, REVIVE_SCRIPT } from "./wanted_scripts.ts";

/** How often a coordinator says that it is there, and looks what there is, in milliseconds. */
const BEAT_MS = 2_000;

/** How often it looks at all its jobs, in milliseconds: events get lost. */
const LOOK_MS = 10_000;

/** How long it counts as alive when nothing is heard of it, in milliseconds. */
const LEASE_MS = 15_000;

/** What a link is made of. */
export interface QueueLinkOptions {
  /** The address of Redis. */
  readonly url: string;
  /** Told what the user should know, once for each subject. */
  readonly warn: (message: string, subject: string) => void;
  /** Told what there is, every two seconds. */
  readonly onSurvey: (survey: Survey) => void;
  /** Told that somebody has drained the queue. */
  readonly onDrained: () => void;
}

/** Redis with the scripts of wishes. */
interface WantedRedis {
  wantedRelease(base: string, ...args: (string | number)[]): Promise<0 | 1>;
  wantedRevive(base: string, ...args: (string | number)[]): Promise<string[]>;
}

/** A coordinator's link to a queue, while it has something to do there. */
export class QueueLink {
  readonly #options: QueueLinkOptions;
  readonly #redis: Redis;
  readonly #scripts: WantedRedis;
  readonly #queue: Queue<AttemptJob, Outcome>;
  readonly #name = `coordinator-${crypto.randomUUID()}`;
  /** How many of this coordinator's calls want a sample. */
  readonly #wishes = new Map<string, number>();
  readonly #timers: ReturnType<typeof setInterval>[] = [];
  #events: QueueEvents | null = null;
  #drainedAtMs: number | null = null;
  #beatsWithoutWorker = 0;
  /** The jobs that it waits for. */
  readonly board: JobBoard;

  private constructor(redis: Redis, options: QueueLinkOptions) {
    this.#options = options;
    this.#redis = redis;
    const scripts = {
      wantedRelease: RELEASE_SCRIPT,
      wantedRevive: REVIVE_SCRIPT,
    };
    for (const [name, lua] of Object.entries(scripts)) {
      redis.defineCommand(name, { numberOfKeys: 1, lua });
    }
    this.#scripts = redis as unknown as WantedRedis;
    this.#queue = new Queue(ATTEMPTS, { connection: redis, prefix: PREFIX });
    this.#queue.on("error", () => {
      // The connection tells it.
    });
    this.board = new JobBoard({ url: options.url, redis, queue: this.#queue });
  }

  /**
   * Opens one.
   *
   * @throws {QueueError} Where Redis cannot be used.
   */
  static async open(options: QueueLinkOptions): Promise<QueueLink> {
    const { url, warn } = options;
    const redis = await connectRedis({
      url,
      warn: (message) => warn(message, message),
    });
    const link = new QueueLink(redis, options);
    await link.#listen();
    await link.#beat();
    const look = () => {
      // What Redis forgot, or told while it was not heard, is found out at once.
      link.board.lookAll(null).catch(() => {});
    };
    redis.on("ready", look);
    link.#timers.push(
      setInterval(() => link.#beat().catch(() => {}), BEAT_MS),
      setInterval(look, LOOK_MS),
    );
    return link;
  }

  /** What there is. */
  survey(): Promise<Survey> {
    return takeSurvey(this.#redis);
  }

  /** A sample is wanted here. */
  async announce(id: string): Promise<void> {
    const wishes = this.#wishes.get(id) ?? 0;
    this.#wishes.set(id, wishes + 1);
    if (wishes === 0) await this.#redis.sadd(`${WANTED}:${id}`, this.#name);
  }

  /** It is not any more. The last who wanted it removes the job. */
  async withdraw(id: string): Promise<void> {
    const wishes = this.#wishes.get(id) ?? 1;
    if (wishes > 1) {
      this.#wishes.set(id, wishes - 1);
      return;
    }
    this.#wishes.delete(id);
    const isFree = await this.#scripts.wantedRelease(
      WANTED,
      this.#name,
      LEASE_MS,
      id,
    );
    if (isFree === 1) await this.board.remove(id);
  }

  /** Ends it; what is waited for fails. */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    this.board.failAll("the client was closed");
    await this.#events?.close().catch(() => {});
    await this.#queue.close().catch(() => {});
    await disconnectRedis(this.#redis);
  }

  async #listen(): Promise<void> {
    const [last] = await this.#redis.xrevrange(
      this.#queue.toKey("events"),
      "+",
      "-",
      "COUNT",
      1,
    );
    const events = new QueueEvents(ATTEMPTS, {
      connection: this.#redis,
      prefix: PREFIX,
      // Not "$": what comes between two questions would be lost.
      lastEventId: last?.[0] ?? "0-0",
    });
    this.#events = events;
    events.on("error", () => {
      // The connection tells it.
    });
    events.on("completed", ({ jobId, returnvalue }) => {
      // BullMQ's type says text; it is what the worker returned.
      this.board.finish(jobId, returnvalue as unknown as Outcome);
    });
    events.on("failed", ({ jobId, failedReason }) => {
      this.board.fail(jobId, failedReason);
    });
    await events.waitUntilReady();
  }

  async #beat(): Promise<void> {
    const free = await this.#scripts.wantedRevive(WANTED, this.#name, LEASE_MS);
    for (const id of free) await this.#queue.remove(id);
    const survey = await this.survey();
    this.#options.onSurvey(survey);
    await this.#watchDrain(survey);
    this.#tellIfIdle(survey);
  }

  async #watchDrain({ drainedAtMs }: Survey): Promise<void> {
    const before = this.#drainedAtMs ?? drainedAtMs;
    this.#drainedAtMs = drainedAtMs;
    if (drainedAtMs === before) return;
    this.#options.onDrained();
    const outcome = notSent("not requested: the queue was drained");
    await this.board.lookAll(outcome);
    // What was put on it since is not to be sent either.
    await this.board.withdrawAll(outcome);
  }

  #tellIfIdle({ workers, paused }: Survey): void {
    const { warn } = this.#options;
    if (this.board.size === 0) return;
    if (paused) {
      warn("the queue is paused: rollouts queue resume lets it go on", "pause");
    }
    this.#beatsWithoutWorker = workers === 0 ? this.#beatsWithoutWorker + 1 : 0;
    if (this.#beatsWithoutWorker !== 2) return;
    warn(
      "the queue has no worker: rollouts worker --queue … starts one, here or elsewhere",
      "no worker",
    );
  }
}

/** What comes of a job that was taken back. */
export function notSent(message: string): Outcome {
  return {
    type: "failure",
    failure: { kind: "unsent", why: "stopped", message },
  };
}
