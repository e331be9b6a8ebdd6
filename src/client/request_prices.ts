import { fetchJson } from "../catalog/fetch_json.ts";
import { isMissing } from "../catalog/is_missing.ts";
import { parameterWarnings } from "../catalog/parameter_warnings.ts";
import { narrowProviders } from "../catalog/narrow_providers.ts";
import {
  costsUsd,
  findPrice,
  parsePrice,
  parsePriceList,
  type Price,
  type PriceList,
} from "../catalog/price_list.ts";
import {
  findUnboundedCost,
  isInlineImage,
  messageParts,
  requestedModels,
} from "../catalog/unbounded_cost.ts";
import { findApiKey, type KeySettings } from "../catalog/require_api_key.ts";
import { authorization } from "../request/request_headers.ts";
import { isOpenRouter } from "../openrouter_url.ts";
import { ApiError, ResponseError, RolloutsError } from "../errors.ts";
import type { Settings } from "../options/settings.ts";
import type { ProviderPreferences } from "../prompt.ts";
import { CostBound, type RequestSize } from "../scheduler/cost_bound.ts";
import { TokenMargins } from "../scheduler/token_margins.ts";
import { objectOrEmpty, objectsIn } from "../util/json_object.ts";
import { memoizeAsync } from "../util/memoize_async.ts";

/** The body of a request. */
type Body = Readonly<Record<string, unknown>>;

/** The price of an endpoint, or `null` if it has none. */
interface EndpointPrice {
  readonly tag: string;
  readonly price: Price | null;
}

/** Bounds the cost of requests. Each list of prices is fetched once. */
export class RequestPrices {
  readonly #lists: (key: string) => Promise<PriceList>;
  readonly #endpoints: (key: string) => Promise<readonly EndpointPrice[]>;
  /** By base URL and model, as JSON. */
  readonly #margins = new Map<string, TokenMargins>();

  /** @param fetch Sends the requests. By default the global `fetch`. */
  constructor(fetch?: typeof globalThis.fetch) {
    this.#lists = memoizeAsync((key) => fetchPriceList(key, fetch));
    this.#endpoints = memoizeAsync((key) => fetchEndpoints(key, fetch));
  }

  /**
   * Returns the most that a request can cost, at the prices of its models and of every endpoint that
   * may serve them.
   *
   * @throws {ApiError} If the API returns an error instead of its prices.
   * @throws {NetworkError} If the prices cannot be fetched.
   */
  async costBound(
    baseUrl: string,
    body: Body,
    settings: KeySettings,
  ): Promise<CostBound> {
    const apiKey = listKey(baseUrl, settings);
    const list = await this.#lists(JSON.stringify([baseUrl, apiKey]));
    const prices: Price[] = [];
    let unboundedBy = findUnboundedCost(body);
    for (const model of requestedModels(body)) {
      const price = findPrice(list, model);
      if (price === null) {
        unboundedBy ??= list.size === 0
          ? `${baseUrl} lists no prices`
          : `${baseUrl}/models lists no model ${model} with a price`;
        continue;
      }
      const endpoints = await this.#endpoints(
        JSON.stringify([baseUrl, apiKey, model]),
      );
      const preferences = (body.provider ?? {}) as ProviderPreferences;
      for (const { tag, price } of endpoints) {
        if (narrowProviders(preferences, [tag]) === null) continue;
        if (price === null) unboundedBy ??= `${tag} has no price for ${model}`;
        else prices.push(price);
      }
      prices.push(price);
    }
    return new CostBound(requestSize(body), {
      prices: prices.map((price) => ({
        ...price,
        costsUsd: (units) => costsUsd(price, units),
      })),
      margins: this.#marginsOf(baseUrl, String(body.model)),
      unboundedBy,
    });
  }

  /**
   * Same as {@linkcode RequestPrices.costBound}, but requires a bound unless the options allow
   * requests without one.
   *
   * @throws {RolloutsError} If the cost has no bound.
   */
  async requireCostBound(
    baseUrl: string,
    body: Body,
    settings: KeySettings & Pick<Settings, "allowUnboundedCost">,
  ): Promise<CostBound> {
    const bound = await this.costBound(baseUrl, body, settings);
    const { allowUnboundedCost } = settings;
    if (bound.unboundedBy === null || allowUnboundedCost) return bound;
    throw new RolloutsError(
      `maxCostUsd cannot be enforced, because a request has no known maximum cost: ${bound.unboundedBy}; ` +
        "set allowUnboundedCost: true to send it anyway",
    );
  }

  /**
   * Warns about parameters that the model does not support according to the list of prices.
   *
   * @throws {NetworkError} If the list cannot be fetched.
   */
  async parameterWarnings(
    baseUrl: string,
    body: Body,
    settings: KeySettings,
  ): Promise<string[]> {
    const apiKey = listKey(baseUrl, settings);
    const list = await this.#lists(JSON.stringify([baseUrl, apiKey]));
    const model = String(body.model);
    const price = findPrice(list, model);
    return price === null
      ? []
      : parameterWarnings(model, body, price.parameters);
  }

  #marginsOf(baseUrl: string, model: string): TokenMargins {
    const key = JSON.stringify([baseUrl, model]);
    const margins = this.#margins.get(key) ?? new TokenMargins();
    this.#margins.set(key, margins);
    return margins;
  }
}

/** Returns the key for the lists of another server. OpenRouter's are public. */
function listKey(baseUrl: string, settings: KeySettings): string | null {
  return isOpenRouter(baseUrl) ? null : findApiKey(settings);
}

/** Returns an empty list if the server is not OpenRouter and has no prices. */
async function fetchPriceList(
  key: string,
  fetch: typeof globalThis.fetch | undefined,
): Promise<PriceList> {
  const [baseUrl, apiKey] = JSON.parse(key);
  const headers = authorization(apiKey);
  const url = `${baseUrl}/models`;
  let prices: PriceList;
  try {
    prices = parsePriceList(await fetchJson(url, { headers, fetch }));
  } catch (error) {
    const hasNone = error instanceof ApiError && isMissing(error);
    if (hasNone && !isOpenRouter(baseUrl)) return new Map();
    throw error;
  }
  if (prices.size > 0 || !isOpenRouter(baseUrl)) return prices;
  throw new ResponseError(`no prices in the response from ${url}`);
}

/** Returns no endpoints if the API has no such list. The price of the model is then used. */
async function fetchEndpoints(
  key: string,
  fetch: typeof globalThis.fetch | undefined,
): Promise<readonly EndpointPrice[]> {
  const [baseUrl, apiKey, model] = JSON.parse(key);
  const headers = authorization(apiKey);
  const path = String(model).split("/").map(encodeURIComponent).join("/");
  let data: unknown;
  try {
    const url = `${baseUrl}/models/${path}/endpoints`;
    data = (await fetchJson(url, { headers, fetch }))?.data;
  } catch (error) {
    if (error instanceof ApiError && isMissing(error)) return [];
    throw error;
  }
  return objectsIn(objectOrEmpty(data).endpoints).map((endpoint) => ({
    tag: String(endpoint.tag),
    price: parsePrice(endpoint),
  }));
}

function requestSize(body: Body): RequestSize {
  const images = messageParts(body).filter(isInlineImage);
  const text = JSON.stringify(
    body,
    (_, value) => images.includes(value) ? null : value,
  );
  const { max_tokens, max_completion_tokens, reasoning } = body;
  const limit = max_tokens ?? max_completion_tokens;
  const budget = objectOrEmpty(reasoning).max_tokens;
  return {
    bytes: new TextEncoder().encode(text).length,
    images: images.length,
    maxTokens: limit == null
      ? null
      : Math.max(Number(limit), Number(budget ?? 0)),
  };
}
