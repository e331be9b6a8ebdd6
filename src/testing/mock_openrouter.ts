import type { HttpServer } from "../platform/serve_http.ts";
import { serveHttp } from "../platform/deno/serve_http.ts";
import { LightAbortController } from "../util/light_abort_controller.ts";
import type { FaultPlan } from "./faults.ts";
import { API_PREFIX, MockApi } from "./mock_api.ts";
import { type MockOptions, resolveMockOptions } from "./mock_options.ts";
import { sendReply } from "./reply.ts";
import {
  type MockRequestRecord,
  type MockSeedCounts,
  RequestLog,
} from "./request_log.ts";

/**
 * A local HTTP server that responds like the OpenRouter API, with invented texts, and fails on
 * demand.
 *
 * A request can control its own response with these headers, which override the server's options:
 * - `X-Mock-Fault`: the type of a `Fault`, or an error status such as "429"
 * - `X-Mock-Status`, `X-Mock-Code`, `X-Mock-Retry-After` (seconds or an HTTP date) and
 *   `X-Mock-Metadata` (JSON): details of that fault
 * - `X-Mock-Latency-Ms`: the time to the response
 * - `X-Mock-Prefill`: a `PrefillBehavior`
 * - `X-Mock-Answer`: an `AnswerShape`; the model `mock/NAME` has the same effect
 *
 * @example
 * ```ts
 * import { MockOpenRouter } from "@rollouts/client/testing";
 *
 * await using server = await MockOpenRouter.start({ latencyMs: 5 });
 * const response = await fetch(`${server.baseUrl}/chat/completions`, {
 *   method: "POST",
 *   headers: { Authorization: "Bearer any-key" },
 *   body: JSON.stringify({
 *     model: "qwen/qwen3-30b-a3b",
 *     messages: [{ role: "user", content: "What is 5*10?" }],
 *   }),
 * });
 * const { choices } = await response.json();
 * console.log(choices[0].message.content);
 * ```
 */
export class MockOpenRouter implements AsyncDisposable {
  readonly #log: RequestLog;
  readonly #api: MockApi;
  readonly #server: HttpServer;
  readonly #closing = new LightAbortController();

  private constructor(options: Required<MockOptions>, server: HttpServer) {
    this.#log = new RequestLog(options.logLimit);
    this.#api = new MockApi(options, this.#log);
    this.#server = server;
  }

  /**
   * Starts a server. It listens when the promise resolves.
   *
   * @param options Where it listens, how fast it is, and which requests fail.
   * @throws {RangeError} If a number is out of range.
   */
  static async start(options: MockOptions = {}): Promise<MockOpenRouter> {
    const resolved = resolveMockOptions(options);
    const server = await serveHttp(
      (request) => mock.#respond(request),
      resolved,
    );
    const mock = new MockOpenRouter(resolved, server);
    return mock;
  }

  /** The server's address: "http://127.0.0.1:PORT". */
  get url(): string {
    return `http://${this.#server.hostname}:${this.#server.port}`;
  }

  /** The base URL for clients: "http://127.0.0.1:PORT/api/v1". */
  get baseUrl(): string {
    return this.url + API_PREFIX;
  }

  /** The last requests, oldest first, at most `logLimit` of them. */
  get requests(): readonly MockRequestRecord[] {
    return this.#log.records;
  }

  /** The number of completions requested with a valid API key. */
  get started(): number {
    return this.#log.started;
  }

  /** The number of completions answered with a complete success. */
  get answered(): number {
    return this.#log.answered;
  }

  /** The number of completions in progress. */
  get inFlight(): number {
    return this.#log.inFlight;
  }

  /** The highest number of completions in progress at the same time. */
  get maxInFlight(): number {
    return this.#log.maxInFlight;
  }

  /** How often each seed was requested, and answered. */
  get seeds(): ReadonlyMap<number, MockSeedCounts> {
    return this.#log.seeds;
  }

  /** The cost of all completions and embeddings, in dollars. */
  get usage(): number {
    return this.#api.usage;
  }

  /** Sets which requests fail from now on; null for none. */
  setFaults(faults: FaultPlan | null): void {
    this.#api.faults = faults;
  }

  /** Forgets all requests and counts, and restores the faults it was started with. */
  reset(): void {
    this.#log.clear();
    this.#api.reset();
  }

  /** Ends the requests in progress, and stops listening. Further calls do nothing. */
  async close(): Promise<void> {
    if (this.#closing.aborted) return;
    this.#closing.abort("the server closes");
    await this.#server.close();
  }

  /** Closes the server at the end of an `await using` block. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #respond(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const record = this.#log.add(request, url);
    const reply = await this.#api.handle(request, url, record);
    record.status = reply.status;
    return sendReply(reply, {
      closing: this.#closing,
      disconnected: () => request.signal,
      onEnd: (outcome) => this.#log.end(record, outcome),
    });
  }
}
