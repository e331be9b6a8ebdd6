import type { JsonObject } from "../util/json_object.ts";
import type { Scoring } from "./servers/server_dialect.ts";

/** A request whose answer has the log-probabilities of a given text, and how to read it. */
export interface ScoreRequest {
  readonly url: string;
  readonly body: Readonly<JsonObject>;
  readonly of: Exclude<Scoring["of"], null | "n_probs"> | "prompt_logprobs";
}

/** The settings that all score requests have. */
export interface ScoreTarget {
  readonly model: string;
  /** The API's base URL, without a slash at the end. */
  readonly baseUrl: string;
  /** The number of most likely tokens to report at each position. */
  readonly topLogprobs: number;
}

/** Returns the address of an endpoint that is not part of OpenAI's API. */
export function nativeUrl(baseUrl: string, path: string): string {
  return `${baseUrl.replace(/\/v1$/, "")}${path}`;
}

/** Returns the request for the tokens of a raw prompt that ends with the text. */
export function rawScoreRequest(
  prompt: string,
  of: "echo" | "input_token_logprobs",
  { model, baseUrl, topLogprobs }: ScoreTarget,
): ScoreRequest {
  return of === "echo"
    ? {
      of,
      url: `${baseUrl}/completions`,
      body: {
        model,
        prompt,
        echo: true,
        // Some servers take 0 for false.
        logprobs: Math.max(1, topLogprobs),
        // Not every server accepts 0.
        max_tokens: 1,
        temperature: 1,
      },
    }
    : {
      of,
      url: nativeUrl(baseUrl, "/generate"),
      body: {
        text: prompt,
        sampling_params: { max_new_tokens: 0, temperature: 1 },
        return_logprob: true,
        logprob_start_len: 0,
        top_logprobs_num: topLogprobs,
        return_text_in_logprobs: true,
      },
    };
}

/** Returns the request for the tokens of a chat that ends with the text. */
export function chatScoreRequest(
  body: Readonly<JsonObject>,
  { baseUrl, topLogprobs }: ScoreTarget,
): ScoreRequest {
  return {
    of: "prompt_logprobs",
    url: `${baseUrl}/chat/completions`,
    body: {
      ...body,
      max_tokens: 1,
      temperature: 1,
      prompt_logprobs: topLogprobs,
      // Which of the tokens in a place is the prompt's.
      return_token_ids: true,
    },
  };
}
