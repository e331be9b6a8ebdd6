import { type HttpServer, serveHttp } from "../platform/deno/serve_http.ts";
import { MockBackend } from "./mock_api.ts";
import type { FaultPlan } from "./faults.ts";
import { MockHttpError } from "./http_error.ts";
import {
  MockLog,
  type MockRequestRecord,
  type MockSeedCounts,
  type OpenRecord,
} from "./request_log.ts";
import {
  type MockOptions,
  type ResolvedMockOptions,
  resolveMockOptions,
} from "./mock_options.ts";
import { API_PREFIX, findRoute, needsKey } from "./mock_routes.ts";
import type { MockScript } from "./mock_script.ts";
import { playScript } from "./reply.ts";
import { readApiKey, recordRequest } from "./record_request.ts";
import { errorScript, wholeScript } from "./whole_script.ts";

/**
 * A server on this computer that answers as OpenRouter does, with invented text, and that fails as
 * OpenRouter fails where it is told to.
 *
 * A request can ask for trouble by itself, with the headers `X-Mock-Fault` (the type of a
 * `Fault`, or an error status), `X-Mock-Status`, `X-Mock-Code`, `X-Mock-Retry-After`,
 * `X-Mock-Metadata`, `X-Mock-Latency-Ms` and `X-Mock-Prefill`.
 *
 * @example
 * ```ts
 * import { MockOpenRouter } from "@rollouts/client/testing";
 *
 * await using server = await MockOpenRouter.start({ latencyMs: 5 });
 * const answer = await fetch(`${server.baseUrl}/chat/completions`, {
 *   method: "POST",
 *   headers: { Authorization: "Bearer any-key" },
 *   body: JSON.stringify({
 *     model: "qwen/qwen3-30b-a3b",
 *     messages: [{ role: "user", content: "What is 5*10?" }],
 *   }),
 * });
 * const { choices } = await answer.json();
 * console.log(choices[0].message.content);
 * ```
 */
export class MockOpenRouter implements AsyncDisposable {
  readonly #log: MockLog;
  readonly #backend: MockBackend;
  readonly #server: HttpServer;
  readonly #closing = new AbortController();
  readonly #startedMs = performance.now();
  readonly #idStem = crypto.randomUUID().replaceAll("-", "").slice(0, 14);
  #ids = 0;

  private constructor(options: ResolvedMockOptions, server: HttpServer) {
    this.#log = new MockLog(options.logLimit);
    this.#backend = new MockBackend(options);
    this.#server = server;
  }

  /**
   * Starts a server; it listens when the promise resolves.
   *
   * @param options Where it listens, how fast it is, and what goes wrong.
   * @throws {RangeError} Where a number is negative.
   */
  static async start(options: MockOptions = {}): Promise<MockOpenRouter> {
    const resolved = resolveMockOptions(options);
    const server = await serveHttp(
      (request) => mock.#answer(request),
      resolved,
    );
    const mock = new MockOpenRouter(resolved, server);
    return mock;
  }

  /** Where it listens: "http://127.0.0.1:PORT". */
  get url(): string {
    return `http://${this.#server.hostname}:${this.#server.port}`;
  }

  /** What clients take as their base URL: "http://127.0.0.1:PORT/api/v1". */
  get baseUrl(): string {
    return this.url + API_PREFIX;
  }

  /** The last requests, oldest first; `logLimit` of them at most. */
  get requests(): readonly MockRequestRecord[] {
    return this.#log.records;
  }

  /** How many generations were asked for with a key that is taken. */
  get started(): number {
    return this.#log.started;
  }

  /** How many generations were answered with a success that was sent whole. */
  get answered(): number {
    return this.#log.answered;
  }

  /** How many generations run now. */
  get inFlight(): number {
    return this.#log.inFlight;
  }

  /** The most generations that ran at the same time. */
  get maxInFlight(): number {
    return this.#log.maxInFlight;
  }

  /** How often each seed was asked for, and answered. */
  get seeds(): ReadonlyMap<number, MockSeedCounts> {
    return this.#log.seeds;
  }

  /** What all generations cost, in dollars. */
  get usage(): number {
    return this.#backend.usage;
  }

  /** Sets what goes wrong from now on; null for nothing. */
  setFaults(faults: FaultPlan | null): void {
    this.#backend.faults = faults;
  }

  /** Forgets all requests and counts, and goes back to the faults it was started with. */
  reset(): void {
    this.#log.clear();
    this.#backend.reset();
  }

  /** Ends what is running, and stops listening. A second call does nothing more. */
  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    await this.#server.close();
  }

  /** Closes the server at the end of an `await using` block. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #answer(request: Request): Promise<Response> {
    const record = recordRequest(request, performance.now() - this.#startedMs);
    this.#log.add(record);
    const script = await this.#direct(request, record);
    record.status = script.type === "body" ? script.status : null;
    return playScript(script, {
      closing: this.#closing.signal,
      clientGone: () => request.signal,
      onEnd: (outcome) => this.#log.end(record, outcome),
    });
  }

  async #direct(request: Request, record: OpenRecord): Promise<MockScript> {
    const id = this.#nextId();
    const { headers } = request;
    try {
      const route = findRoute(request.method, request.url);
      if (needsKey(route)) this.#backend.checkKey(readApiKey(headers));
      if (route.type === "embeddings") {
        record.body = parseJson(await request.text());
        const text = JSON.stringify(this.#backend.embed(record.body));
        return wholeScript(text, { status: 200, generationId: id });
      }
      if (route.type !== "generation") {
        const text = JSON.stringify(this.#backend.lookUp(route));
        return wholeScript(text, { status: 200, generationId: id });
      }
      record.body = parseJson(await request.text());
      record.seed = readSeed(record.body);
      this.#log.start(record);
      const { kind } = route;
      const { inFlight } = this.#log;
      return this.#backend.generate({ id, kind, headers, record, inFlight });
    } catch (error) {
      return errorScript(toHttpError(error), id);
    }
  }

  #nextId(): string {
    const count = (this.#ids++).toString(36).padStart(6, "0");
    return `gen-${Math.floor(Date.now() / 1000)}-${this.#idStem}${count}`;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MockHttpError(400, "Invalid request: the body is not valid JSON");
  }
}

function readSeed(body: unknown): number | null {
  const seed = (body as { seed?: unknown } | null)?.seed;
  return typeof seed === "number" ? seed : null;
}

/** What a fault function throws is told to the client, for want of another listener. */
function toHttpError(error: unknown): MockHttpError {
  return error instanceof MockHttpError
    ? error
    : new MockHttpError(500, `The mock server failed: ${error}`);
}
