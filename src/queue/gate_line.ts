import type { Clock } from "../util/clock.ts";
import type { AbortSignalLike } from "../abort_signal_like.ts";
import { LightAbortController } from "../util/light_abort_controller.ts";

/** What the gate says to those who stand in a line. */
export interface Turn {
  /** How many of the first may start. */
  readonly entered: number;
  /** Whether the next will never. */
  readonly refused: boolean;
  /** How long the next should wait before it asks again, in milliseconds. */
  readonly waitMs: number;
  /** What is spent, in US dollars. */
  readonly spentUsd: number;
}

/** What becomes of one that waited. */
export type Admission =
  | { readonly type: "entered" }
  | { readonly type: "refused"; readonly spentUsd: number };

/** What a line is made of. */
export interface GateLineOptions {
  /** Time. */
  readonly clock: Clock;
  /** Asks for as many as there is room for. */
  readonly ask: (ids: readonly string[]) => Promise<Turn>;
  /** Gives back the place of one that was let in and had gone. */
  readonly giveBack: (id: string) => Promise<void>;
  /** Told that nobody waits any more. */
  readonly onEmpty: () => void;
}

type Admit = (admission: Admission) => void;

/** How many ask at once. */
const MOST_AT_ONCE = 256;

/** How long a line waits after Redis has refused to answer, in milliseconds. */
const REFUSED_MS = 500;

/** The requests of one worker that wait under the same limits: one asks Redis for all of them. */
export class GateLine {
  readonly #options: GateLineOptions;
  /** In the order of their coming. */
  readonly #waiting = new Map<string, Admit>();
  #nap: LightAbortController | null = null;
  #isAsking = false;
  #isWoken = false;

  /** Makes it; nobody waits yet. */
  constructor(options: GateLineOptions) {
    this.#options = options;
  }

  /**
   * Waits for the gate.
   *
   * @throws The signal's reason, where it is aborted first.
   */
  wait(id: string, signal: AbortSignalLike): Promise<Admission> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const giveUp = () => {
        this.#waiting.delete(id);
        if (this.#waiting.size === 0) this.#nap?.abort(null);
        reject(signal.reason);
      };
      signal.addEventListener("abort", giveUp, { once: true });
      this.#waiting.set(id, (admission) => {
        signal.removeEventListener("abort", giveUp);
        resolve(admission);
      });
      this.#serve();
    });
  }

  /** Has those who wait look again: there may be room now. */
  look(): void {
    this.#isWoken = true;
    this.#nap?.abort(null);
  }

  /** One loop asks for all who wait, and ends with the last of them. */
  async #serve(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    // All that come in this turn of the event loop ask together.
    await Promise.resolve();
    while (this.#waiting.size > 0) {
      this.#isWoken = false;
      const ids: string[] = [];
      for (const id of this.#waiting.keys()) {
        if (ids.push(id) === MOST_AT_ONCE) break;
      }
      const waitMs = await this.#askFor(ids);
      if (waitMs > 0 && !this.#isWoken && this.#waiting.size > 0) {
        this.#nap = new LightAbortController();
        await this.#options.clock.sleep(waitMs, this.#nap).catch(() => {});
        this.#nap = null;
      }
    }
    this.#isAsking = false;
    this.#options.onEmpty();
  }

  async #askFor(ids: readonly string[]): Promise<number> {
    let turn: Turn;
    try {
      turn = await this.#options.ask(ids);
    } catch {
      // Such as out of memory: it may have room later, and who was let in is let in again.
      return REFUSED_MS;
    }
    for (const id of ids.slice(0, turn.entered)) {
      const admit = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (admit === undefined) await this.#options.giveBack(id);
      else admit({ type: "entered" });
    }
    const next = ids[turn.entered];
    if (turn.refused && next !== undefined) {
      this.#waiting.get(next)?.({ type: "refused", spentUsd: turn.spentUsd });
      this.#waiting.delete(next);
    }
    return turn.waitMs;
  }
}
