import type { PreparedRequest } from "../prepared_request.ts";
import { digest } from "./digest.ts";

/** A request in the queue: without headers, and with the API key only in sealed form. */
export interface RequestJob extends Omit<PreparedRequest, "headers"> {
  /** The API key, sealed, or `null` if the worker uses its own. */
  readonly sealedKey: string | null;
  /** The W3C trace context of the request; empty if nothing is traced. */
  readonly trace: Readonly<Record<string, string>>;
}

/**
 * Returns the id of the job for a request. Requests for the same sample share one job, on every machine and
 * after a restart. It does not depend on the number of the attempt: a coordinator that restarts
 * must not send a first attempt while a second one is in flight. A sample that is not cached has its own job.
 */
export function jobId(sampleId: string | null): string {
  return sampleId === null
    ? `o${crypto.randomUUID().replaceAll("-", "")}`
    : `s${digest(sampleId)}`;
}
