import type { ClientOptions } from "../options/options.ts";
import { requireOptions, resolveOptions } from "../options/resolve_options.ts";
import { buildRequest } from "../request/build_request.ts";
import type { Response } from "../response.ts";
import type { Prompt } from "../prompt.ts";
import { resolveBaseUrl } from "../request/resolve_base_url.ts";
import { requireApiKey } from "../catalog/require_api_key.ts";

/** What an {@linkcode OpenRouter} is made with. */
export interface OpenRouterOptions {
  /** The key; else the environment's `OPENROUTER_API_KEY`. */
  apiKey?: string;
  /** The API's address; else the environment's `OPENROUTER_BASE_URL`, else the real one. */
  baseUrl?: string;
  /**
   * Sends requests.
   * @default {globalThis.fetch}
   */
  fetch?: typeof fetch;
}

/** What one request takes beside its configuration. */
export interface GenerateSingleOptions {
  /**
   * The seed.
   * @default {0}
   */
  seed?: number;
  /** Ends the request: it rejects with the signal's reason. */
  signal?: AbortSignal;
}

/**
 * The API itself: one request, one sample, on this thread. No cache, no retry, no rate limit.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { OpenRouter } from "@rollouts/client";
 * import { MockOpenRouter } from "@rollouts/client/testing";
 *
 * await using mock = await MockOpenRouter.start();
 * const openRouter = new OpenRouter({ apiKey: "sk-example", baseUrl: mock.baseUrl });
 * const response = await openRouter.generateSingle(
 *   "What is 5*10?\n<think>\n5*1",
 *   { model: "qwen/qwen3-30b-a3b" },
 *   { seed: 7 },
 * );
 * assertEquals(response.reasoning?.[0], "0");
 * ```
 */
export class OpenRouter {
  readonly #apiKey: string;
  readonly #baseUrl: string;
  readonly #fetch: typeof fetch;

  /**
   * Makes it; nothing is requested yet.
   *
   * @throws {RolloutsError} Where no key is known, or it cannot be one.
   * @throws {TypeError} Where the address is wrong.
   */
  constructor(options: OpenRouterOptions = {}) {
    requireOptions(options, {
      names: [
        "apiKey",
        "baseUrl",
        "fetch",
      ] satisfies (keyof OpenRouterOptions)[],
      example: '{ apiKey: "sk-or-…" }',
    });
    this.#apiKey = requireApiKey(options.apiKey);
    this.#baseUrl = resolveBaseUrl(options.baseUrl);
    this.#fetch = options.fetch ?? globalThis.fetch;
  }

  /**
   * One sample by one request.
   *
   * @param prompt Text, in which `<think>` starts the model's own reasoning; or messages.
   * @param config The model and what else shapes its answer.
   * @throws {TypeError} Where the prompt or an option is wrong.
   * @throws {RangeError} Where a number is out of its range.
   * @throws {ApiError} Where the API answers with an error.
   * @throws {NetworkError} Where no answer comes.
   * @throws {RequestTimeoutError} Where it does not come in `timeoutMs`.
   * @throws {ResponseError} Where what comes is no answer.
   * @throws The signal's reason, where it is aborted.
   */
  async generateSingle(
    prompt: Prompt,
    config: ClientOptions,
    options: GenerateSingleOptions = {},
  ): Promise<Response> {
    requireOptions(options, {
      names: ["seed", "signal"] satisfies (keyof GenerateSingleOptions)[],
      example: "{ seed: 42 }",
    });
    const settings = resolveOptions(config, options);
    const baseUrl = settings.baseUrl ?? this.#baseUrl;
    const plan = buildRequest(prompt, settings, baseUrl);
    const apiKey = settings.apiKey ?? this.#apiKey;
    // Who only reads a cache loads nothing of this.
    const { sendSingle } = await import("./send_single.ts");
    return await sendSingle(plan, settings, {
      apiKey,
      fetch: this.#fetch,
      signal: settings.signal ?? new AbortController().signal,
    });
  }
}
