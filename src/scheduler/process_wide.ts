import type { SharedProbe } from "../prefill/shared_probe.ts";
import type { Response } from "../response.ts";
import { systemClock } from "../util/clock.ts";
import { Lanes } from "./lanes.ts";
import { SingleFlight } from "../util/single_flight.ts";

/** What all clients of a process share: one account's limits, and samples that are under way. */
export interface ProcessWide {
  /** The limits of all accounts. */
  readonly lanes: Lanes;
  /** Samples that are under way, by their files. */
  readonly flights: SingleFlight<Response>;
  /** First samples, to whose providers others are pinned, that are under way. */
  readonly firsts: Map<string, Promise<void>>;
  /** Probes of endpoints that are under way. */
  readonly probes: Map<string, SharedProbe>;
}

let shared: ProcessWide | undefined;

/** The one of this process, made at the first call. */
export function processWide(): ProcessWide {
  return shared ??= {
    lanes: new Lanes(systemClock),
    flights: new SingleFlight(),
    firsts: new Map(),
    probes: new Map(),
  };
}
