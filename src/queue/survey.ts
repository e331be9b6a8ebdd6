import type { Redis } from "./npm_ioredis.ts";
import { SURVEY_SCRIPT } from "./gate_scripts.ts";
import { ATTEMPTS, DRAINED, GATE, PREFIX } from "./queue_keys.ts";

/** What there is in a queue. */
export interface Survey {
  /** Workers that are alive. */
  readonly workers: number;
  /** How many requests they can have in flight together. */
  readonly places: number;
  /** Requests in flight. */
  readonly inFlight: number;
  /** How many may be, over all accounts. */
  readonly limit: number;
  /** What requests have cost, in US dollars. */
  readonly spentUsd: number;
  /** What those under way can cost at their worst, in US dollars, where a limit is set. */
  readonly reservedUsd: number;
  /** Attempts that wait for a worker. */
  readonly waiting: number;
  /** Attempts that a worker has. */
  readonly active: number;
  /** Results that wait for a coordinator. */
  readonly results: number;
  /** Whether workers take no more. */
  readonly paused: boolean;
  /** When it was last drained, as Redis' clock has it, in Unix milliseconds; 0 for never. */
  readonly drainedAtMs: number;
}

/** Looks what there is. */
export async function takeSurvey(redis: Redis): Promise<Survey> {
  const key = (name: string) => `${PREFIX}:${ATTEMPTS}:${name}`;
  const [gate, wait, held, active, completed, failed, paused, drained] =
    await Promise.all([
      redis.eval(SURVEY_SCRIPT, 1, GATE) as Promise<
        [number, number, number, number, string, string]
      >,
      redis.llen(key("wait")),
      redis.llen(key("paused")),
      redis.llen(key("active")),
      redis.zcard(key("completed")),
      redis.zcard(key("failed")),
      redis.hexists(key("meta"), "paused"),
      redis.get(DRAINED),
    ]);
  const [workers, places, inFlight, limit, spentUsd, reservedUsd] = gate;
  return {
    workers,
    places,
    inFlight,
    limit,
    spentUsd: Number(spentUsd),
    reservedUsd: Number(reservedUsd),
    waiting: wait + held,
    active,
    results: completed + failed,
    paused: paused === 1,
    drainedAtMs: Number(drained ?? 0),
  };
}
