import { MOCK_MODELS, type MockModel } from "./models.ts";
import type { FaultContext, FaultPlan } from "./faults.ts";
import type { MockPrefill } from "./mock_prefill.ts";

/** Options of `MockOpenRouter.start`. */
export interface MockOptions {
  /**
   * The TCP port; 0 takes a free one.
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
   * The time to each answer, in milliseconds, or a function that gives it; slow providers add to
   * it. The header `X-Mock-Latency-Ms` of a request goes before both.
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
   * Whether bodies begin with white space, and how often more of it comes while an answer is
   * awaited, in milliseconds; `true` stands for 333.
   *
   * @default {true}
   */
  readonly keepAlive?: boolean | number;
  /**
   * What goes wrong. The header `X-Mock-Fault` of a request goes before it.
   *
   * @default {null}
   */
  readonly faults?: FaultPlan | null;
  /**
   * What comes of a prefill, for all providers. The header `X-Mock-Prefill` of a request goes
   * before it. By default each provider has a way of its own.
   *
   * @default {null}
   */
  readonly prefill?: MockPrefill | null;
  /**
   * The models to play.
   *
   * @default {MOCK_MODELS}
   */
  readonly models?: readonly MockModel[];
  /**
   * The keys that are taken; by default every key that is not among `invalidApiKeys`.
   *
   * @default {null}
   */
  readonly apiKeys?: readonly string[] | null;
  /**
   * Keys that are refused.
   *
   * @default {["sk-or-v1-invalid"]}
   */
  readonly invalidApiKeys?: readonly string[];
  /**
   * How many of the last requests are kept to look at. Counters stay exact whatever it is.
   *
   * @default {1000}
   */
  readonly logLimit?: number;
}

/** {@linkcode MockOptions} with their defaults. */
export interface ResolvedMockOptions
  extends Required<Omit<MockOptions, "keepAlive">> {
  /** The time between keep-alive signs, in milliseconds, or null for none. */
  readonly keepAliveMs: number | null;
}

/**
 * Fills in the defaults.
 *
 * @throws {RangeError} Where `latencyMs`, `chunkDelayMs` or `logLimit` is negative, or `keepAlive`
 * not positive.
 */
export function resolveMockOptions(options: MockOptions): ResolvedMockOptions {
  const { keepAlive = true, ...others } = options;
  const given = Object.fromEntries(
    Object.entries(others).filter(([, value]) => value !== undefined),
  );
  const resolved = {
    ...DEFAULTS,
    ...given,
    keepAliveMs: keepAliveMs(keepAlive),
  };
  for (
    const name of [
      "latencyMs",
      "chunkDelayMs",
      "logLimit",
    ] as const
  ) {
    const value = resolved[name];
    if (typeof value === "number" && !(value >= 0)) {
      throw new RangeError(`${name} must not be negative, got ${value}`);
    }
  }
  return resolved;
}

const DEFAULTS: Required<Omit<MockOptions, "keepAlive">> = {
  port: 0,
  hostname: "127.0.0.1",
  latencyMs: 0,
  chunkDelayMs: 0,
  faults: null,
  prefill: null,
  models: MOCK_MODELS,
  apiKeys: null,
  invalidApiKeys: ["sk-or-v1-invalid"],
  logLimit: 1000,
};

/** The real server sends about three signs a second. */
const REAL_KEEP_ALIVE_MS = 333;

function keepAliveMs(keepAlive: boolean | number): number | null {
  if (keepAlive === false) return null;
  if (keepAlive === true) return REAL_KEEP_ALIVE_MS;
  if (keepAlive > 0) return keepAlive;
  throw new RangeError(`keepAlive must be positive, got ${keepAlive}`);
}
