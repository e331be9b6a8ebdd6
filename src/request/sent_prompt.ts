import type { PreparedRequest } from "../prepared_request.ts";
import { requestHeaders } from "./request_headers.ts";
import type { Settings } from "../options/settings.ts";
import type { CompletionFormat } from "../prepared_request.ts";
import type { PromptPlan } from "./plan_prompt.ts";

/** What is really sent for a prompt, without the seed. */
export interface SentPrompt {
  /** The body of each request. */
  readonly body: Readonly<Record<string, unknown>>;
  /** How the answer to a raw prompt is read; null for a chat. */
  readonly format: CompletionFormat | null;
  /** What the caller should know about it. */
  readonly warnings: readonly string[];
}

/** Makes the requests of a prompt. The seed is all that differs: the rest is written as JSON once. */
export function sampleRequests(
  { url, prefill }: PromptPlan,
  { body, format }: SentPrompt,
  { model, timeoutMs }: Settings,
): (seed: number, apiKey: string) => PreparedRequest {
  const json = JSON.stringify(body).slice(0, -1);
  return (seed, apiKey) => ({
    url,
    headers: requestHeaders(apiKey),
    body: `${json},"seed":${seed}}`,
    model,
    seed,
    prefill,
    format,
    sampleId: null,
    limits: NO_LIMITS,
    timeoutMs,
  });
}

const NO_LIMITS = {
  maxConcurrency: null,
  requestsPerMinute: null,
  maxCostUsd: null,
  worstCaseUsd: null,
};
