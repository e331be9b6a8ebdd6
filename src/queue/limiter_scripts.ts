import { CUT_FACTOR, GROWTH_FACTOR } from "../scheduler/cubic_limit.ts";
import acquire from "./lua/acquire.lua" with { type: "text" };
import deregister from "./lua/deregister.lua" with { type: "text" };
import heartbeat from "./lua/heartbeat.lua" with { type: "text" };
import functions from "./lua/limiter.lua" with { type: "text" };
import release from "./lua/release.lua" with { type: "text" };
import stats from "./lua/stats.lua" with { type: "text" };

const SHARED =
  `local CUT_FACTOR, GROWTH_FACTOR = ${CUT_FACTOR}, ${GROWTH_FACTOR}\n${functions}\n`;

/** Grants permits for requests. */
export const ACQUIRE_SCRIPT: string = SHARED + acquire;

/** Returns permits, adapts the limit to the outcomes, and commits the costs. */
export const RELEASE_SCRIPT: string = SHARED + release;

/** Renews the lease of a worker. */
export const HEARTBEAT_SCRIPT: string = SHARED + heartbeat;

/** Removes a worker. */
export const DEREGISTER_SCRIPT: string = SHARED + deregister;

/** Returns the state of the limits. */
export const STATS_SCRIPT: string = SHARED + stats;
