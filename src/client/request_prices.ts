import { RolloutsError } from "../errors.ts";
import type { ProviderPreferences } from "../prompt.ts";
import { Catalog } from "../catalog/catalog.ts";
import type { EndpointInfo } from "../catalog/catalog_entries.ts";
import { fetchPriceList } from "../catalog/fetch_price_list.ts";
import { memoizeAsync } from "../util/memoize_async.ts";
import { narrowProviders } from "../catalog/narrow_providers.ts";
import { promptBytes, worstCostUsd } from "../catalog/price_list.ts";

/** What requests can cost, by the API's own prices; each list is fetched once. */
export class RequestPrices {
  readonly #lists = memoizeAsync(fetchPriceList);
  /** By base URL and model, as JSON. */
  readonly #endpoints = memoizeAsync(fetchEndpoints);

  /**
   * What a request can cost at its worst, in US dollars: at the price of the model's list, and at that of
   * the dearest endpoint that may serve it. Null where the model has no price.
   *
   * @throws {ApiError} Where the API answers with an error in place of its prices.
   * @throws {NetworkError} Where no prices are to be had.
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
   * The same, where there must be a price.
   *
   * @throws {RolloutsError} Where the model has none.
   * @throws What {@linkcode RequestPrices.worstCaseUsd} throws.
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

/** A model that has a price, and no list of endpoints, is served at that price. */
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
