import type { SampleRequest } from "./dispatch/protocol.ts";
import type { Prompt, RequestBody } from "./openrouter/api_types.ts";
import { requestBody } from "./openrouter/request_body.ts";
import type { Settings } from "./options.ts";
import { prefillMessages } from "./thinking/prefill_messages.ts";

/** The address of OpenRouter's API. */
export const OPENROUTER_BASE_URL = "https://openrouter.ai/api/v1";

/** All that the samples of one prompt share, worked out once. */
export interface PromptPlan {
  /** The prompt as the caller gave it. */
  readonly prompt: Prompt;
  /** The body of each request, without the seed. */
  readonly body: RequestBody;
  /** The API's address, without a slash at its end. */
  readonly baseUrl: string;
  /** Where the body is posted. */
  readonly url: string;
  /** The same where it is not OpenRouter's own address; else null. */
  readonly otherEndpoint: string | null;
  /** The beginning of the model's reasoning that the prompt gives; null where it gives none. */
  readonly prefill: string | null;
  /** What the caller should know about the prompt. */
  readonly warnings: readonly string[];
  /** The request for one sample. */
  request(seed: number, apiKey: string): SampleRequest;
}

/**
 * Works out what is sent for a prompt.
 *
 * @throws {TypeError} Where the prompt is neither text nor a list of messages.
 */
export function planPrompt(
  prompt: Prompt,
  settings: Settings,
  baseUrl: string,
): PromptPlan {
  checkPrompt(prompt);
  const { model, timeoutMs } = settings;
  const snapshot = asJson("prompt", prompt);
  // Once more as it is sent: a hole in the list is null there, and toJSON may give anything.
  checkPrompt(snapshot);
  const { messages, prefill, warnings } = prefillMessages(snapshot, model);
  const body = asJson("options", requestBody(messages, settings));
  const address = baseUrl.replace(/\/+$/, "");
  const url = `${address}/chat/completions`;
  // The seed is all that differs between samples: the rest is written as JSON once.
  let json: string | undefined;
  return {
    prompt: snapshot,
    body,
    baseUrl: address,
    url,
    otherEndpoint: address === OPENROUTER_BASE_URL ? null : url,
    prefill,
    warnings: asksForLogprobs(settings)
      ? [...warnings, LOGPROBS_WARNING]
      : warnings,
    request: (seed, apiKey) => {
      json ??= JSON.stringify(body).slice(0, -1);
      return {
        url,
        headers: headers(apiKey),
        body: `${json},"seed":${seed}}`,
        model,
        seed,
        prefill,
        timeoutMs,
      };
    },
  };
}

const LOGPROBS_WARNING =
  "logprobs: providers differ in whether and what they give; see Response.logprobs, " +
  "and choose them by the option provider";

function asksForLogprobs({ logprobs, topLogprobs }: Settings): boolean {
  return logprobs === true || (topLogprobs ?? 0) > 0;
}

function headers(apiKey: string): Record<string, string> {
  return {
    "Authorization": `Bearer ${apiKey}`,
    "Content-Type": "application/json",
    "X-OpenRouter-Title": "rollouts",
    // OpenRouter's own cache is keyed on the body: it could give two samples one answer.
    "X-OpenRouter-Cache": "false",
  };
}

/**
 * A value as JSON has it, in a copy: what is hashed, sent and kept is then the same, whatever the
 * caller does with the original.
 */
function asJson<T>(name: string, value: T): T {
  try {
    return JSON.parse(JSON.stringify(value));
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new TypeError(`${name} must be what JSON can hold: ${reason}`);
  }
}

function checkPrompt(prompt: unknown): void {
  if (typeof prompt === "string") {
    if (prompt.isWellFormed()) return;
    throw new TypeError("prompt must be well-formed Unicode text");
  }
  if (!Array.isArray(prompt) || prompt.length === 0) {
    throw new TypeError(
      `prompt must be a text or a list of at least one message, got ${
        Array.isArray(prompt) ? "an empty list" : typeof prompt
      }`,
    );
  }
  prompt.forEach((message, index) => {
    if (typeof message?.role !== "string") {
      throw new TypeError(
        `prompt[${index}] must be a message with a role, such as { role: "user", content: "…" }`,
      );
    }
  });
}
