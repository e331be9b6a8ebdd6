import type { Call } from "../client/call.ts";
import type { Channel, Outlet } from "../client/outlet.ts";
import { system } from "../platform/deno/system.ts";
import type { SampleLock } from "../sample_lock.ts";
import type { Response } from "../response.ts";
import type { Claim } from "../scheduler/with_retries.ts";
import type { QueueOutletOptions } from "./queue_options.ts";
import { QueueTransport } from "./queue_transport.ts";

/** Adapts a {@linkcode QueueTransport} to a client that knows no transports yet. */
export class QueueOutlet implements Outlet {
  readonly #options: QueueOutletOptions;
  readonly #transport: QueueTransport;

  constructor(options: QueueOutletOptions) {
    this.#options = options;
    const { url, metricsPort, metricsHost, notices } = options;
    this.#transport = new QueueTransport({
      url,
      metricsPort,
      metricsHost,
      logger: { warn: (message) => notices.warn(message) },
    });
  }

  /** Prepares for the requests of a call. */
  async open(
    { settings, cache, budget, plan }: Call,
  ): Promise<Channel> {
    const { prices, onDrained } = this.#options;
    cache.prepare(null);
    const { sharedLimits } = this.#transport;
    const limiter = await sharedLimits.limiter(settings.maxConcurrency);
    const name = cache.portableName;
    const idOf = (seed: number) => name === null ? null : `${name}/${seed}`;
    return {
      apiKey: settings.apiKey ?? system.readEnv("OPENROUTER_API_KEY") ?? "",
      lane: { concurrency: limiter, start: null },
      claim: (seed) => {
        const id = idOf(seed);
        const lock = id === null ? null : sharedLimits.lock(id);
        return claimOf(lock, () => cache.find(seed));
      },
      route: ({ body }) => {
        let worstUsd = 0;
        return {
          spending: async () => {
            if (budget === null) return null;
            worstUsd = await prices.requireWorstUsd(plan.baseUrl, body);
            return null;
          },
          send: async (request, signal) => {
            const outcome = await this.#transport.send({
              ...request,
              sampleId: idOf(request.seed),
              limits: {
                maxConcurrency: settings.maxConcurrency ?? null,
                requestsPerMinute: settings.requestsPerMinute ?? null,
                maxCostUsd: budget?.maxCostUsd ?? null,
                worstCaseUsd: budget === null ? null : worstUsd,
              },
            }, { signal });
            const failure = outcome.type === "failure" ? outcome.failure : null;
            if (failure?.message.endsWith("drained")) onDrained();
            return outcome;
          },
        };
      },
      [Symbol.dispose]: () => {},
    };
  }

  stop(): void {
    this.#transport.stop();
  }

  close(): Promise<void> {
    return this.#transport.close();
  }
}

function claimOf(
  lock: SampleLock | null,
  find: () => Response | null,
): Claim & Disposable {
  return {
    look: () => find() ?? "ours",
    take: async () => {
      await lock?.acquire();
      return find() ?? "ours";
    },
    release: () => lock?.release(),
    [Symbol.dispose]: () => lock?.[Symbol.dispose](),
  };
}
