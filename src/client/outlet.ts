import type { Lane } from "../scheduler/lanes.ts";
import type { Claim, Send, Spending } from "../scheduler/with_retries.ts";
import type { Call } from "./call.ts";
import type { SentPrompt } from "../request/sent_prompt.ts";

/** How the requests of a client get out. */
export interface Outlet {
  /**
   * Makes ready for the requests of a call.
   *
   * @throws {RolloutsError} Where none can be sent.
   * @throws {CacheError} Where their answers cannot be kept, and the call is to stop then.
   */
  open(call: Call): Channel | Promise<Channel>;
  /** Takes back what has not been sent; what is under way comes to its end. */
  stop(): void;
  /** Ends what it runs; requests under way fail. */
  close(): Promise<void>;
}

/** What the requests of one call go through, until it is disposed of. */
export interface Channel extends Disposable {
  /** The key that they carry; empty where they are given theirs later. */
  readonly apiKey: string;
  /** The limits that they share with those of other calls. */
  readonly lane: Lane;
  /** The right to request the sample of a seed, as long as it is not disposed of. */
  readonly claim: (seed: number) => Claim & Disposable;
  /** The way for what is sent for a prompt. */
  readonly route: (sent: SentPrompt) => Route;
}

/** The way for what is sent for a prompt. */
export interface Route {
  /** Sends a request. */
  readonly send: Send;
  /** Finds out what the requests may cost; null where there is no limit, or it is held further on. */
  readonly spending: () => Promise<Spending | null>;
}
