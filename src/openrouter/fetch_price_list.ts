import { NetworkError, ResponseError } from "../errors.ts";
import { parsePriceList, type PriceList } from "./price_list.ts";

/** How long the catalogue may take, in milliseconds. */
const TIMEOUT_MS = 60_000;

/**
 * The prices of all models, from `GET /models` below an address without a slash at its end. No
 * key is needed.
 *
 * @throws {NetworkError} Where no answer comes.
 * @throws {ResponseError} Where what comes has no prices.
 */
export async function fetchPriceList(baseUrl: string): Promise<PriceList> {
  const url = `${baseUrl}/models`;
  let body: unknown;
  try {
    const answer = await fetch(url, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    body = answer.ok ? await answer.json() : await answer.text();
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new NetworkError(`no prices from ${url}: ${reason}`, true);
  }
  const prices = parsePriceList(body);
  if (prices.size > 0) return prices;
  throw new ResponseError(`no prices in what ${url} answers`);
}
