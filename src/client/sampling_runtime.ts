import { LockHolderRegistry } from "../cache/lock_holder_registry.ts";
import { ServerDetector } from "../catalog/server_detector.ts";
import { fetchJson } from "../catalog/fetch_json.ts";
import type { ClientOptions } from "../options/options.ts";
import { post } from "../platform/deno/post.ts";
import { fetchPost } from "../platform/fetch_post.ts";
import { processState } from "../scheduler/process_state.ts";
import { Scheduler } from "../scheduler/scheduler.ts";
import type { Transport } from "../transport.ts";
import { InProcessTransport } from "../transport/in_process_transport.ts";
import { WorkerPoolTransport } from "../transport/worker_pool_transport.ts";
import { systemClock } from "../util/clock.ts";
import { isJsonObject } from "../util/json_object.ts";
import { memoizeAsync } from "../util/memoize_async.ts";
import { RequestPrices } from "./request_prices.ts";
import { listModelIds } from "./suggest_model.ts";

/** Everything that requests samples. It is loaded with the first sample that is not cached. */
export class SamplingRuntime {
  readonly scheduler = new Scheduler({
    clock: systemClock,
    samples: processState().samples,
  });
  readonly transport: Transport;
  /** Whether requests need an API key: a custom transport may add its own. */
  readonly needsApiKey: boolean;
  readonly prices: RequestPrices;
  readonly lockHolders = new LockHolderRegistry(systemClock);
  readonly detector: ServerDetector;
  /** Returns the models at a base URL. */
  readonly modelIds: (baseUrl: string) => Promise<readonly string[]>;
  /** Returns the slugs of the providers at a base URL, by their names. */
  readonly providerSlugs: (
    baseUrl: string,
  ) => Promise<ReadonlyMap<string, string>>;

  /** Creates the transport; starts and connects nothing yet. */
  constructor({ transport, fetch, workers }: ClientOptions) {
    this.transport = transport ?? defaultTransport(fetch, workers);
    this.needsApiKey = transport === undefined;
    this.prices = new RequestPrices(fetch);
    this.detector = new ServerDetector(fetch);
    this.modelIds = memoizeAsync((baseUrl) => listModelIds(baseUrl, fetch));
    this.providerSlugs = memoizeAsync((baseUrl) =>
      fetchProviderSlugs(baseUrl, fetch)
    );
  }

  /** Starts no more requests. Requests in flight finish. */
  stop(): void {
    this.scheduler.stop("not requested: the client was stopped");
    this.detector.stop();
    this.transport.stop?.();
  }

  /** Closes the transport. Requests in flight fail. */
  async close(): Promise<void> {
    this.scheduler.close();
    this.detector.stop();
    await this.transport.close?.();
  }
}

function defaultTransport(
  fetch: ClientOptions["fetch"],
  workers: number | undefined,
): Transport {
  if (fetch !== undefined) {
    return new InProcessTransport((request) => fetchPost(request, fetch));
  }
  return workers === 0
    ? new InProcessTransport(post)
    : new WorkerPoolTransport({ size: workers });
}

/** Fetches the slugs of the providers, by the names that answers contain. */
async function fetchProviderSlugs(
  baseUrl: string,
  fetch: ClientOptions["fetch"],
): Promise<ReadonlyMap<string, string>> {
  const body = await fetchJson(`${baseUrl}/providers`, { fetch });
  const providers = Array.isArray(body?.data) ? body.data : [];
  return new Map(
    providers.filter(isJsonObject)
      .map(({ name, slug }) => [String(name), String(slug)]),
  );
}
