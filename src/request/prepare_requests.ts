import type { Settings } from "../options/settings.ts";
import type { PreparedRequest } from "../prepared_request.ts";
import type { PromptRequest } from "./build_request.ts";
import { requestHeaders } from "./request_headers.ts";

/** Options of requests, in addition to the prompt. */
export interface PrepareOptions {
  /** The API key, or `null` to send none. */
  readonly apiKey: string | null;
  /** Returns the id of a seed's sample in the cache. */
  readonly sampleId?: (seed: number) => string | null;
  /** The budget, in US dollars, or `null`. */
  readonly maxCostUsd?: number | null;
}

/** Returns a function that prepares the request for a seed. The body is serialized once for all seeds. */
export function prepareRequests(
  { url, prefill, repeatsPrefill, sentBody, seedField, format }: PromptRequest,
  settings: Settings,
  { apiKey, sampleId = () => null, maxCostUsd = null }: PrepareOptions,
): (seed: number, worstCaseUsd: number | null) => PreparedRequest {
  const json = JSON.stringify(sentBody).slice(0, -1);
  const { model, timeoutMs, maxAnswerBytes } = settings;
  const { maxConcurrency, requestsPerMinute } = settings;
  const headers = { ...requestHeaders(apiKey), ...settings.headers };
  return (seed, worstCaseUsd) => ({
    url,
    headers,
    body: settings.seed === null || seedField === null
      ? `${json}}`
      : `${json},"${seedField}":${seed}}`,
    model,
    seed,
    prefill,
    repeatsPrefill,
    format,
    timeoutMs,
    maxAnswerBytes,
    sampleId: sampleId(seed),
    limits: {
      maxConcurrency: maxConcurrency ?? null,
      requestsPerMinute: requestsPerMinute ?? null,
      maxCostUsd,
      worstCaseUsd,
    },
  });
}
