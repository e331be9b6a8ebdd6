import type { Outcome } from "../outcome.ts";
import type { PreparedRequest } from "../prepared_request.ts";
import type { SendOptions, Transport } from "../transport.ts";
import { sendRequest } from "./send_request.ts";

/** Sends requests from the main thread, with a `fetch` of the user's, which cannot be posted to a worker. */
export class FetchTransport implements Transport {
  readonly #fetch: typeof fetch;

  constructor(fetch: typeof globalThis.fetch) {
    this.#fetch = fetch;
  }

  send(
    request: PreparedRequest,
    { signal }: SendOptions,
  ): Promise<Outcome> {
    return sendRequest(request, { fetch: this.#fetch, signal });
  }
}
