import type { ClientOptions } from "../options/options.ts";
import { requireOptions, resolveOptions } from "../options/resolve_options.ts";
import { buildRequest } from "../request/build_request.ts";
import type { Response } from "../response.ts";
import type { Prompt } from "../prompt.ts";
import { resolveBaseUrl } from "../request/resolve_base_url.ts";
import { requireApiKey } from "../catalog/require_api_key.ts";

/** Options of an {@linkcode OpenRouter}. */
export interface OpenRouterOptions {
  /** The API key, by default `OPENROUTER_API_KEY` of the environment. */
  apiKey?: string;
  /** The API's base URL, by default `OPENROUTER_BASE_URL` of the environment, else OpenRouter's. */
  baseUrl?: string;
  /** The function that sends requests instead of the global `fetch`. */
  fetch?: typeof fetch;
  /** Other hosts that can receive the key: see `ClientOptions.sendKeyTo`. */
  sendKeyTo?: string | readonly string[];
}

/** Options of {@linkcode OpenRouter.generateSingle}. */
export interface GenerateSingleOptions {
  /**
   * The seed that is sent.
   * @default {0}
   */
  seed?: number | null;
  /** Aborts the request. */
  signal?: AbortSignal;
}

/**
 * Samples without a cache, retries, or rate limits: each call sends one request from this thread.
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
  readonly #options: OpenRouterOptions;

  /**
   * Creates it. Nothing is requested yet.
   *
   * @throws {RolloutsError} If no key is known, or it is malformed.
   * @throws {TypeError} If an option is invalid.
   */
  constructor(options: OpenRouterOptions = {}) {
    requireOptions(options, {
      names: [
        "apiKey",
        "baseUrl",
        "fetch",
        "sendKeyTo",
      ] satisfies (keyof OpenRouterOptions)[],
      example: '{ apiKey: "sk-or-…" }',
    });
    const { baseUrl } = options;
    requireApiKey({ ...options, keyBaseUrl: baseUrl });
    this.#options = { ...options };
  }

  /**
   * Requests one sample.
   *
   * @param prompt Text, in which `<think>` starts the model's own reasoning, or messages.
   * @param config The model and other options, as for `RolloutsClient`.
   * @throws {TypeError | RangeError} If the prompt or an option is wrong.
   * @throws {ApiError} If the API returns an error.
   * @throws {NetworkError} If there is no answer.
   * @throws {RequestTimeoutError} If the answer takes longer than `timeoutMs`.
   * @throws {ResponseError} If the response is not a valid answer.
   * @throws The signal's reason, if it is aborted.
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
    const own = this.#options;
    const baseUrl = settings.baseUrl ?? own.baseUrl;
    const request = buildRequest(prompt, settings, resolveBaseUrl(baseUrl));
    const apiKey = requireApiKey({
      baseUrl,
      apiKey: settings.apiKey ?? own.apiKey,
      keyBaseUrl: settings.apiKey === undefined ? own.baseUrl : baseUrl,
      sendKeyTo: [own.sendKeyTo ?? [], settings.sendKeyTo ?? []].flat(2),
    });
    // Programs that never call this do not load the code for requests.
    const { sendSingle } = await import("./send_single.ts");
    const { post } = await import("../platform/deno/post.ts");
    const { fetchPost } = await import("../platform/fetch_post.ts");
    const { fetch } = own;
    return await sendSingle(request, settings, {
      apiKey,
      post: fetch === undefined ? post : (request) => fetchPost(request, fetch),
      signal: settings.signal ?? new AbortController().signal,
    });
  }
}
