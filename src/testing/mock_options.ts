import type { PrefillBehavior } from "./endpoints.ts";
import type { FaultContext, FaultPlan } from "./faults.ts";
import { MOCK_MODELS, type MockModel } from "./models.ts";

/** Options of `MockOpenRouter.start`. */
export interface MockOptions {
  /**
   * The TCP port; 0 picks a free one.
   *
   * @default {0}
   */
  readonly port?: number;
  /**
   * The address to listen on.
   *
   * @default {"127.0.0.1"}
   */
  readonly hostname?: string;
  /**
   * The time to each response, in milliseconds, or a function that returns it. Slow providers add
   * to it. The header `X-Mock-Latency-Ms` of a request overrides both.
   *
   * @default {0}
   */
  readonly latencyMs?: number | ((context: FaultContext) => number);
  /**
   * The time between the events of a stream, in milliseconds.
   *
   * @default {0}
   */
  readonly chunkDelayMs?: number;
  /**
   * How often the server sends white space before a body is ready, in milliseconds. Bodies also
   * begin with it, as those of the real API do. With null, no white space is sent.
   *
   * @default {333}
   */
  readonly keepAliveMs?: number | null;
  /**
   * Which requests fail, and how. The header `X-Mock-Fault` of a request overrides it.
   *
   * @default {null}
   */
  readonly faults?: FaultPlan | null;
  /**
   * The behavior of every provider for a prefill. The header `X-Mock-Prefill` of a request overrides it.
   * With null, each provider has its own behavior.
   *
   * @default {null}
   */
  readonly prefill?: PrefillBehavior | null;
  /**
   * The models that the server offers.
   *
   * @default {MOCK_MODELS}
   */
  readonly models?: readonly MockModel[];
  /**
   * The API keys to accept. With null, every key that is not in `invalidApiKeys` is accepted.
   *
   * @default {null}
   */
  readonly apiKeys?: readonly string[] | null;
  /**
   * The API keys to reject.
   *
   * @default {["sk-or-v1-invalid"]}
   */
  readonly invalidApiKeys?: readonly string[];
  /**
   * How many of the last requests `requests` keeps. It does not affect the counters.
   *
   * @default {1000}
   */
  readonly logLimit?: number;
}

/**
 * Fills in the defaults.
 *
 * @throws {RangeError} If `latencyMs`, `chunkDelayMs` or `logLimit` is negative, or `keepAliveMs`
 * is not positive.
 */
export function resolveMockOptions(
  options: MockOptions,
): Required<MockOptions> {
  const given = Object.entries(options)
    .filter(([, value]) => value !== undefined);
  const resolved: Required<MockOptions> = {
    ...DEFAULTS,
    ...Object.fromEntries(given),
  };
  for (const name of ["latencyMs", "chunkDelayMs", "logLimit"] as const) {
    const value = resolved[name];
    if (typeof value === "number" && !(value >= 0)) {
      throw new RangeError(`${name} must not be negative, got ${value}`);
    }
  }
  const { keepAliveMs } = resolved;
  if (keepAliveMs !== null && !(keepAliveMs > 0)) {
    throw new RangeError(`keepAliveMs must be positive, got ${keepAliveMs}`);
  }
  return resolved;
}

/** How often the real API sends white space, in milliseconds. */
export const DEFAULT_KEEP_ALIVE_MS = 333;

const DEFAULTS: Required<MockOptions> = {
  port: 0,
  hostname: "127.0.0.1",
  latencyMs: 0,
  chunkDelayMs: 0,
  keepAliveMs: DEFAULT_KEEP_ALIVE_MS,
  faults: null,
  prefill: null,
  models: MOCK_MODELS,
  apiKeys: null,
  invalidApiKeys: ["sk-or-v1-invalid"],
  logLimit: 1000,
};
