import { ResponseError } from "../errors.ts";
import { isOpenRouter } from "../openrouter_url.ts";
import { resolveBaseUrl } from "../request/resolve_base_url.ts";
import type { EndpointInfo, KeyInfo, ModelInfo } from "./catalog_entries.ts";
import {
  findApiKey,
  type KeySettings,
  requireApiKey,
} from "./require_api_key.ts";

/** Options of a {@linkcode Catalog}. */
export interface CatalogOptions {
  /**
   * The OpenRouter key, by default the environment variable `OPENROUTER_API_KEY`. At OpenRouter, only
   * {@linkcode Catalog.key} needs one.
   */
  readonly apiKey?: string;
  /** The API's base URL, by default `OPENROUTER_BASE_URL` of the environment, else OpenRouter's. */
  readonly baseUrl?: string;
  /** Other hosts that can receive the key: see `ClientOptions.sendKeyTo`. */
  readonly sendKeyTo?: string | readonly string[];
  /** The function that sends requests instead of the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
}

/**
 * Lists OpenRouter's models and their providers, and the usage of a key.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Catalog } from "@rollouts/client";
 * import { MockOpenRouter } from "@rollouts/client/testing";
 *
 * await using mock = await MockOpenRouter.start();
 * const catalog = new Catalog({ baseUrl: mock.baseUrl });
 * const [endpoint] = await catalog.endpoints("qwen/qwen3-30b-a3b");
 * assertEquals(typeof endpoint?.tag, "string");
 * ```
 */
export class Catalog {
  readonly #options: CatalogOptions;
  readonly #baseUrl: string;

  /**
   * Creates a catalog. Nothing is requested yet.
   *
   * @throws {TypeError} If `baseUrl` is not an HTTP URL.
   */
  constructor(options: CatalogOptions = {}) {
    this.#options = options;
    this.#baseUrl = resolveBaseUrl(options.baseUrl);
  }

  /**
   * Lists all models.
   *
   * @throws {ApiError} If the API returns an error.
   * @throws {NetworkError} If there is no answer.
   * @throws {ResponseError} If the answer is not a list of models.
   */
  async models(): Promise<ModelInfo[]> {
    const { modelEntries } = await loadEntries();
    return await this.#fetch("/models", modelEntries, this.#ownKey());
  }

  /**
   * Lists the endpoints of a model: one for each provider and variant of the weights.
   *
   * @throws {ApiError} If the API returns an error, such as 404 for an unknown model.
   * @throws {NetworkError} If there is no answer.
   * @throws {ResponseError} If the answer is not a list of endpoints.
   */
  async endpoints(model: string): Promise<EndpointInfo[]> {
    const { endpointEntries } = await loadEntries();
    const path = model.split("/").map(encodeURIComponent).join("/");
    return await this.#fetch(
      `/models/${path}/endpoints`,
      endpointEntries,
      this.#ownKey(),
    );
  }

  /**
   * Returns the usage and the limits of the key.
   *
   * @throws {RolloutsError} If no key is known, or it belongs to another host.
   * @throws {ApiError} If the API returns an error, such as 401 for an unknown key.
   * @throws {NetworkError} If there is no answer.
   * @throws {ResponseError} If the answer does not describe a key.
   */
  async key(): Promise<KeyInfo> {
    const key = requireApiKey(this.#keySettings());
    const { keyEntry } = await loadEntries();
    return await this.#fetch("/key", keyEntry, key);
  }

  /** OpenRouter's lists are public. Other servers may need the key. */
  #ownKey(): string | null {
    return isOpenRouter(this.#baseUrl) ? null : findApiKey(this.#keySettings());
  }

  #keySettings(): KeySettings {
    const { apiKey, baseUrl, sendKeyTo } = this.#options;
    return { apiKey, baseUrl, keyBaseUrl: baseUrl, sendKeyTo };
  }

  async #fetch<T>(
    path: string,
    parse: (body: unknown) => T | null,
    apiKey: string | null,
  ): Promise<T> {
    const { authorization } = await import("../request/request_headers.ts");
    const { fetchJson } = await import("./fetch_json.ts");
    const url = `${this.#baseUrl}${path}`;
    const headers = authorization(apiKey);
    const { fetch } = this.#options;
    const entries = parse(await fetchJson(url, { headers, fetch }));
    if (entries !== null) return entries;
    throw new ResponseError(`unexpected response from ${url}: check baseUrl`);
  }
}

/** Most programs that import this package never list anything. */
const loadEntries = () => import("./catalog_entries.ts");
