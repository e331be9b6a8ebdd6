import { ResponseError } from "../errors.ts";
import { getJson } from "./get_json.ts";
import { parsePriceList, type PriceList } from "./price_list.ts";

/**
 * The prices of all models.
 *
 * @throws {ApiError} Where the API answers with an error.
 * @throws {NetworkError} Where no answer comes.
 * @throws {ResponseError} Where what comes has no prices.
 */
export async function fetchPriceList(baseUrl: string): Promise<PriceList> {
  const url = `${baseUrl}/models`;
  const prices = parsePriceList(await getJson(url));
  if (prices.size > 0) return prices;
  throw new ResponseError(`no prices in what ${url} answers`);
}
