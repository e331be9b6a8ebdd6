import { ResponseError } from "../errors.ts";
import {
  endpointEntries,
  type EndpointInfo,
  keyEntry,
  type KeyInfo,
  modelEntries,
  type ModelInfo,
} from "./catalog_entries.ts";
import { resolveBaseUrl } from "../request/resolve_base_url.ts";
import { getJson } from "./get_json.ts";
import { requireApiKey } from "./require_api_key.ts";

/** What a catalog is read with. */
export interface CatalogOptions {
  /** OpenRouter's key; else the environment's `OPENROUTER_API_KEY`. Only {@linkcode Catalog.key} needs one. */
  readonly apiKey?: string;
  /** The API's address; else the environment's `OPENROUTER_BASE_URL`, else the real one. */
  readonly baseUrl?: string;
}

/**
 * What OpenRouter says of its models, their providers, and a key.
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
   * Makes it; nothing is requested yet.
   *
   * @throws {TypeError} Where the address is wrong.
   */
  constructor(options: CatalogOptions = {}) {
    this.#options = options;
    this.#baseUrl = resolveBaseUrl(options.baseUrl).replace(/\/+$/, "");
  }

  /**
   * All models.
   *
   * @throws {ApiError} Where the API answers with an error.
   * @throws {NetworkError} Where no answer comes.
   * @throws {ResponseError} Where what comes is no list of models.
   */
  models(): Promise<ModelInfo[]> {
    return this.#get("/models", modelEntries);
  }

  /**
   * The providers that serve a model.
   *
   * @throws {ApiError} Where the API answers with an error, such as 404 for a model that it does not know.
   * @throws {NetworkError} Where no answer comes.
   * @throws {ResponseError} Where what comes is no list of providers.
   */
  endpoints(model: string): Promise<EndpointInfo[]> {
    const path = model.split("/").map(encodeURIComponent).join("/");
    return this.#get(`/models/${path}/endpoints`, endpointEntries);
  }

  /**
   * What the key has used and may use.
   *
   * @throws {RolloutsError} Where no key is known.
   * @throws {ApiError} Where the API answers with an error, such as 401 for a key that it does not know.
   * @throws {NetworkError} Where no answer comes.
   * @throws {ResponseError} Where what comes is no account.
   */
  async key(): Promise<KeyInfo> {
    const apiKey = requireApiKey(this.#options.apiKey);
    return await this.#get("/key", keyEntry, {
      Authorization: `Bearer ${apiKey}`,
    });
  }

  async #get<T>(
    path: string,
    read: (body: unknown) => T | null,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<T> {
    const url = `${this.#baseUrl}${path}`;
    const entries = read(await getJson(url, headers));
    if (entries !== null) return entries;
    throw new ResponseError(`what ${url} answers is not what it should be`);
  }
}
