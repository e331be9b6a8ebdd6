import type { Call } from "../client/call.ts";
import type { Channel, Outlet } from "../client/outlet.ts";
import type { Send } from "../scheduler/with_retries.ts";
import { requireApiKey } from "../catalog/require_api_key.ts";
import { system } from "../platform/deno/system.ts";
import type { HttpServer } from "../platform/serve_http.ts";
import { jobId, ownJobId } from "./job_id.ts";
import { KeySeal } from "./key_seal.ts";
import { notSent, QueueLink } from "./queue_link.ts";
import { QueueMetrics } from "./queue_metrics.ts";
import type { QueueOutletOptions } from "./queue_options.ts";
import { QueueWindow } from "./queue_window.ts";
import { QueueError } from "./redis_error.ts";
import { SampleWish } from "./sample_wish.ts";
import { serveMetrics } from "./serve_metrics.ts";
import { callSpan, type OpenSpan } from "./spans.ts";

/** How long the link is kept when there is nothing to do, in milliseconds: an open connection keeps the program alive. */
const IDLE_MS = 100;

/** Requests go out through a queue, to workers anywhere, under limits that all of them share. */
export class QueueOutlet implements Outlet {
  readonly #options: QueueOutletOptions;
  readonly #seal: KeySeal | null;
  readonly #metrics: QueueMetrics;
  readonly #windows = new Map<number | undefined, QueueWindow>();
  #server: Promise<HttpServer | null> | undefined;
  #opening: Promise<QueueLink> | null = null;
  #link: QueueLink | null = null;
  #places = 0;
  /** Calls, and what is still to be told to Redis. */
  #busy = 0;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  /**
   * Makes it; nothing is connected yet.
   *
   * @throws {QueueError} Where `ROLLOUTS_QUEUE_SECRET` is too short.
   */
  constructor(options: QueueOutletOptions) {
    this.#options = options;
    const secret = system.readEnv("ROLLOUTS_QUEUE_SECRET");
    this.#seal = secret === undefined ? null : new KeySeal(secret);
    this.#metrics = new QueueMetrics("coordinator", async () => {
      if (this.#link === null) throw new QueueError("no link is open");
      return await this.#link.survey();
    });
  }

  /**
   * Makes ready for the requests of a call.
   *
   * @throws {QueueError} Where Redis cannot be used.
   * @throws {CacheError} Where samples cannot be kept, and the call is to stop then.
   */
  async open(call: Call): Promise<Channel> {
    const { settings, cache } = call;
    const apiKey = this.#keyToSend(settings.apiKey);
    cache.prepare(null);
    await (this.#server ??= serveMetrics(this.#metrics, this.#options));
    this.#busy++;
    try {
      await this.#connected();
    } catch (error) {
      this.#rest();
      throw error;
    }
    const { model, seed, nSamples } = settings;
    const span = callSpan({
      "gen_ai.request.model": model,
      "rollouts.seed": seed,
      "rollouts.samples": nSamples,
    });
    const spans = new Map<number, OpenSpan>();
    return {
      apiKey,
      lane: { concurrency: this.#window(settings.maxConcurrency), start: null },
      claim: (seed) => this.#claim(call, seed, { span, spans }),
      route: ({ body }) => {
        const { budget, plan } = call;
        let worstUsd = 0;
        return {
          // The workers hold the limit, so that it holds for all coordinators, and while one is away.
          spending: async () => {
            if (budget === null) return null;
            const { prices } = this.#options;
            worstUsd = await prices.requireWorstUsd(plan.baseUrl, body);
            return null;
          },
          send: (request, signal) =>
            this.#send(call, { worstUsd, spans })(request, signal),
        };
      },
      [Symbol.dispose]: () => {
        span[Symbol.dispose]();
        this.#rest();
      },
    };
  }

  /** Takes back what no worker has yet. */
  stop(): void {
    const outcome = notSent("not requested: the client was stopped");
    this.#link?.board.withdrawAll(outcome).catch(() => {});
  }

  /** Ends the link; what is waited for fails here, and what is paid waits in the queue. */
  async close(): Promise<void> {
    this.#isClosed = true;
    // Where it could not listen, that was told.
    const server = await this.#server?.catch(() => null);
    await Promise.all([server?.close(), this.#disconnect()]);
  }

  /** The key that goes with each job, sealed; empty where workers add their own. */
  #keyToSend(given: string | undefined): string {
    const known = given ?? system.readEnv("OPENROUTER_API_KEY");
    if (this.#seal !== null) {
      return known === undefined ? "" : requireApiKey(given);
    }
    if (given !== undefined) {
      this.#options.notices.warn(
        "the option apiKey stays on this machine: workers of the queue use their own OPENROUTER_API_KEY, " +
          "unless ROLLOUTS_QUEUE_SECRET is set here and there",
        "apiKey and queue",
      );
    }
    return "";
  }

  #claim(
    { cache, settings }: Call,
    seed: number,
    { span, spans }: {
      readonly span: OpenSpan;
      readonly spans: Map<number, OpenSpan>;
    },
  ): SampleWish {
    const name = cache.portableName;
    const id = name === null ? null : jobId(name, seed);
    const sample = span.child("rollouts.sample", {
      "gen_ai.request.model": settings.model,
      "rollouts.seed": seed,
    });
    spans.set(seed, sample);
    return new SampleWish({
      find: () => cache.find(seed),
      announce: async () => {
        if (id === null) return;
        this.#busy++;
        await (await this.#connected()).announce(id);
      },
      withdraw: async () => {
        if (id === null) return;
        try {
          await (await this.#connected()).withdraw(id);
        } catch {
          // Closed: the job, if it is still there, waits for whoever asks for the sample again.
        } finally {
          this.#rest();
        }
      },
      onEnd: () => {
        sample[Symbol.dispose]();
        spans.delete(seed);
      },
    });
  }

  #send(
    { cache, budget, settings }: Call,
    { worstUsd, spans }: {
      readonly worstUsd: number;
      readonly spans: ReadonlyMap<number, OpenSpan>;
    },
  ): Send {
    return async (request, signal) => {
      const { headers, ...rest } = request;
      const name = cache.portableName;
      const id = name === null ? ownJobId() : jobId(name, request.seed);
      const apiKey = headers.Authorization?.replace(/^Bearer /, "") ?? "";
      const sealedKey = this.#seal === null || apiKey === ""
        ? null
        : await this.#seal.seal(apiKey, [request.url, id]);
      const { board } = await this.#connected();
      using _ = this.#metrics.attemptStarted();
      const outcome = await board.run(id, {
        ...rest,
        limits: {
          maxConcurrency: settings.maxConcurrency ?? null,
          requestsPerMinute: settings.requestsPerMinute ?? null,
          maxCostUsd: budget?.maxCostUsd ?? null,
          worstCaseUsd: budget === null ? null : worstUsd,
        },
        sealedKey,
        trace: spans.get(request.seed)?.carrier ?? {},
      }, signal);
      this.#metrics.attemptEnded(request.model, outcome);
      if (name === null) await board.remove(id);
      return outcome;
    };
  }

  #window(maxConcurrency: number | undefined): QueueWindow {
    let window = this.#windows.get(maxConcurrency);
    if (window === undefined) {
      window = new QueueWindow(maxConcurrency);
      window.setPlaces(this.#places);
      this.#windows.set(maxConcurrency, window);
    }
    return window;
  }

  async #connected(): Promise<QueueLink> {
    if (this.#isClosed) throw new QueueError("the client is closed");
    clearTimeout(this.#idleTimer);
    this.#opening ??= this.#connect();
    return await this.#opening;
  }

  async #connect(): Promise<QueueLink> {
    const { url, notices, onDrained } = this.#options;
    try {
      const link = await QueueLink.open({
        url,
        warn: (message, subject) => notices.warn(message, subject),
        onSurvey: ({ places }) => {
          this.#places = places;
          for (const window of this.#windows.values()) window.setPlaces(places);
        },
        onDrained,
      });
      this.#link = link;
      if (this.#isClosed) await this.#disconnect();
      return link;
    } catch (error) {
      this.#opening = null;
      throw error;
    }
  }

  /** Something has come to its end. */
  #rest(): void {
    if (--this.#busy > 0) return;
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => this.#disconnect(), IDLE_MS);
  }

  async #disconnect(): Promise<void> {
    clearTimeout(this.#idleTimer);
    const link = this.#link;
    this.#link = null;
    this.#opening = null;
    await link?.close();
  }
}
