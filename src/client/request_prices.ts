import { Catalog } from "../catalog/catalog.ts";
import type { EndpointInfo } from "../catalog/catalog_entries.ts";
import { fetchJson } from "../catalog/fetch_json.ts";
import { narrowProviders } from "../catalog/narrow_providers.ts";
import {
  parsePriceList,
  type PriceList,
  promptBytes,
  worstCostUsd,
} from "../catalog/price_list.ts";
import { ResponseError, RolloutsError } from "../errors.ts";
import type { ProviderPreferences } from "../prompt.ts";
import { memoizeAsync } from "../util/memoize_async.ts";

/** Computes the most that requests can cost. Each list of prices is fetched once. */
export class RequestPrices {
  readonly #lists = memoizeAsync(fetchPriceList);
  readonly #endpoints = memoizeAsync(fetchEndpoints);

  /**
   * Returns the most that a request can cost, in US dollars, at the prices of the model and of the most
   * expensive endpoint that may serve it. Returns `null` if the model has no price.
   *
   * @throws {ApiError} If the API returns an error instead of its prices.
   * @throws {NetworkError} If the prices cannot be fetched.
   */
  async worstCaseUsd(
    baseUrl: string,
    body: Readonly<Record<string, unknown>>,
  ): Promise<number | null> {
    const listed = worstCostUsd(await this.#lists(baseUrl), body);
    if (listed === null) return null;
    const preferences = (body.provider ?? {}) as ProviderPreferences;
    const endpoints = await this.#endpoints(
      JSON.stringify([baseUrl, String(body.model)]),
    );
    return endpoints
      .filter(({ tag }) => narrowProviders(preferences, [tag]) !== null)
      .reduce(
        (worst, endpoint) => Math.max(worst, endpointUsd(endpoint, body)),
        listed,
      );
  }

  /**
   * Same as {@linkcode RequestPrices.worstCaseUsd}, but requires a price.
   *
   * @throws {RolloutsError} If the model has no price.
   */
  async requireWorstCaseUsd(
    baseUrl: string,
    body: Readonly<Record<string, unknown>>,
  ): Promise<number> {
    const worstCaseUsd = await this.worstCaseUsd(baseUrl, body);
    if (worstCaseUsd !== null) return worstCaseUsd;
    throw new RolloutsError(
      `maxCostUsd needs a price, and /models has none for ${body.model}`,
    );
  }
}

async function fetchPriceList(baseUrl: string): Promise<PriceList> {
  const url = `${baseUrl}/models`;
  const prices = parsePriceList(await fetchJson(url));
  if (prices.size > 0) return prices;
  throw new ResponseError(`no prices in the response from ${url}`);
}

/** Returns no endpoints if they cannot be listed: the price of the model then has to do. */
async function fetchEndpoints(key: string): Promise<readonly EndpointInfo[]> {
  const [baseUrl, model] = JSON.parse(key);
  try {
    return await new Catalog({ baseUrl }).endpoints(model);
  } catch {
    return [];
  }
}

function endpointUsd(
  { promptUsdPerMillion, completionUsdPerMillion, contextTokens }: EndpointInfo,
  body: Readonly<Record<string, unknown>>,
): number {
  const tokens = Math.min(promptBytes(body), contextTokens ?? Infinity);
  return ((promptUsdPerMillion ?? 0) * tokens +
    (completionUsdPerMillion ?? 0) * Number(body.max_tokens)) / 1e6;
}
