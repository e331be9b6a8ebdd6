import type { PreparedRequest } from "../prepared_request.ts";

/** A request in the queue: without headers, and with the API key only in sealed form. */
export interface AttemptJob extends Omit<PreparedRequest, "headers"> {
  /** The API key, sealed, or `null` if the worker uses its own. */
  readonly sealedKey: string | null;
  /** The W3C trace context of the request; empty if nothing is traced. */
  readonly trace: Readonly<Record<string, string>>;
}
