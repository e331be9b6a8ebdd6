import { fetchPriceList } from "./fetch_price_list.ts";
import type { PriceList } from "./price_list.ts";

/** The prices of each address, fetched once. */
export class PriceLists {
  readonly #lists = new Map<string, Promise<PriceList>>();

  /**
   * The prices of an address.
   *
   * @throws {NetworkError} Where no answer comes.
   * @throws {ResponseError} Where what comes has no prices.
   */
  of(baseUrl: string): Promise<PriceList> {
    const known = this.#lists.get(baseUrl);
    if (known !== undefined) return known;
    const prices = fetchPriceList(baseUrl);
    this.#lists.set(baseUrl, prices);
    // A failure is told to who waits, and forgotten: the next call tries again.
    prices.catch(() => this.#lists.delete(baseUrl));
    return prices;
  }
}
