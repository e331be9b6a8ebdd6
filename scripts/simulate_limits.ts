/**
 * `npx --yes deno@2 run scripts/simulate_limits.ts`: simulates an account that allows a known number of requests
 * in flight, and prints how well several controllers use it.
 *
 * @module
 */

import { createRandom } from "../src/testing/random.ts";
import { CubicLimit } from "../src/scheduler/cubic_limit.ts";

/** The interface of all controllers. */
interface Controller {
  readonly limit: number;
  readonly cuts: number;
  answered(state: { readonly saturated: boolean }, nowS: number): void;
  throttled(cutsBefore: number, nowS: number): void;
}

/** Slow start, then a sixteenth more after each round of answers; a cut halves the limit. */
class AimdLimit implements Controller {
  limit = 64;
  cuts = 0;
  #clean = 0;

  answered({ saturated }: { readonly saturated: boolean }): void {
    if (!saturated || ++this.#clean < this.limit) return;
    this.#clean = 0;
    const grown = this.cuts === 0
      ? 2 * this.limit
      : this.limit + Math.ceil(this.limit / 16);
    this.limit = Math.min(512, grown);
  }

  throttled(cutsBefore: number): void {
    if (cutsBefore !== this.cuts) return;
    this.limit = Math.max(1, Math.floor(this.limit / 2));
    this.#clean = 0;
    this.cuts++;
  }
}

/** The adaptive connections of inspect_ai: a cut leaves 80%, at most every 15 s; 5% more a round. */
class InspectLimit implements Controller {
  limit = 20;
  cuts = 0;
  #clean = 0;
  #lastCutS = -Infinity;

  answered(): void {
    if (++this.#clean < this.limit) return;
    this.#clean = 0;
    const grown = this.cuts === 0
      ? 2 * this.limit
      : this.limit + Math.max(1, Math.floor(this.limit * 0.05));
    this.limit = Math.min(200, grown);
  }

  throttled(_: number, nowS: number): void {
    this.#clean = 0;
    if (nowS - this.#lastCutS < 15) return;
    this.#lastCutS = nowS;
    this.limit = Math.max(4, Math.floor(this.limit * 0.8));
    this.cuts++;
  }
}

const CONTROLLERS: Readonly<Record<string, () => Controller>> = {
  "AIMD, 1/2 and 1/16": () => new AimdLimit(),
  "inspect_ai": () => new InspectLimit(),
  "CUBIC": () => new CubicLimit(undefined),
};

/** Returns the number of requests that the account allows at a time, in seconds. */
const ACCOUNTS: Readonly<Record<string, (s: number) => number>> = {
  "steady": () => 100,
  "halved": (s) => s < 3600 ? 100 : 50,
  "doubled": (s) => s < 3600 ? 100 : 200,
  "bursts": (s) => s % 900 > 840 ? 10 : 100,
  "storms": (s) => s % 1800 > 1740 ? 0 : 100,
  "small": () => 6,
};

const DURATION_S = 7200;
const ANSWER_S = 30;
const REFUSAL_S = 0.3;
/** A refused sample is sent again after its backoff; so many samples can be waiting for theirs. */
const STEP_S = 0.05;

interface Request {
  readonly endS: number;
  readonly isRefused: boolean;
  readonly cutsBefore: number;
}

/** Runs a controller for two hours with more work than the account allows. */
function simulate(controller: Controller, account: (s: number) => number) {
  const random = createRandom(1);
  let flying: Request[] = [];
  let [served, capacity, answers, refusals] = [0, 0, 0, 0];
  for (let nowS = 0; nowS < DURATION_S; nowS += STEP_S) {
    const ended = flying.filter(({ endS }) => endS <= nowS);
    if (ended.length > 0) flying = flying.filter(({ endS }) => endS > nowS);
    let inFlight = flying.length + ended.length;
    for (const { isRefused, cutsBefore } of ended) {
      const saturated = inFlight-- >= controller.limit;
      if (isRefused) controller.throttled(cutsBefore, nowS);
      else controller.answered({ saturated }, nowS);
    }
    let serving = flying.filter(({ isRefused }) => !isRefused).length;
    while (flying.length < controller.limit) {
      const isRefused = serving >= account(nowS);
      const lastsS = isRefused
        ? REFUSAL_S
        // Answers differ in length: most take half the mean, some four times as long.
        : ANSWER_S * (0.2 - 0.8 * Math.log(1 - random()));
      flying.push({
        endS: nowS + lastsS,
        isRefused,
        cutsBefore: controller.cuts,
      });
      if (isRefused) refusals++;
      else serving++;
      answers += isRefused ? 0 : 1;
    }
    served += Math.min(serving, account(nowS));
    capacity += account(nowS);
  }
  return { utilization: served / capacity, refusals, answers };
}

if (import.meta.main) {
  console.log(
    `| account | controller | utilization | 429s | 429s per 1,000 answers |`,
  );
  console.log("|---|---|---|---|---|");
  for (const [account, limit] of Object.entries(ACCOUNTS)) {
    for (const [name, create] of Object.entries(CONTROLLERS)) {
      const { utilization, refusals, answers } = simulate(create(), limit);
      console.log(
        `| ${account} | ${name} | ${(100 * utilization).toFixed(1)}% ` +
          `| ${refusals} | ${(1000 * refusals / answers).toFixed(1)} |`,
      );
    }
  }
}
