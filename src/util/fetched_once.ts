/** What is fetched from addresses, once from each. */
export class FetchedOnce<T> {
  readonly #fetch: (baseUrl: string) => Promise<T>;
  readonly #fetched = new Map<string, Promise<T>>();

  /** Makes it; nothing is fetched yet. */
  constructor(fetch: (baseUrl: string) => Promise<T>) {
    this.#fetch = fetch;
  }

  /** What an address gives. */
  of(baseUrl: string): Promise<T> {
    const known = this.#fetched.get(baseUrl);
    if (known !== undefined) return known;
    const fetched = this.#fetch(baseUrl);
    this.#fetched.set(baseUrl, fetched);
    // A failure is told to who waits, and forgotten: the next call tries again.
    fetched.catch(() => this.#fetched.delete(baseUrl));
    return fetched;
  }
}
