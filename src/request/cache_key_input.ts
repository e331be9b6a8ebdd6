import type { Prompt, RequestBody } from "../prompt.ts";

/** Everything that decides which answers a request can get. The cache path is computed from it. */
export interface CacheKeyInput {
  /** The prompt as the caller passed it. */
  readonly prompt: Prompt;
  /** The whole body, without the seed. */
  readonly body: RequestBody;
  /** The URL, or `null` for OpenRouter's chat endpoint. */
  readonly otherEndpoint: string | null;
  /** How the request is sent, or `null` for the usual way. */
  readonly route: CacheRoute | null;
}

/** How a request is sent, as far as that can change the answer and is not part of the body. */
export interface CacheRoute {
  /** The version of the chat template that renders it. */
  readonly template?: string;
  /** Set if the provider of the first sample serves all. */
  readonly pin?: "first";
  /** Set if no seeds are sent. */
  readonly seed?: "none";
  /** Whether only providers serve it that continued a prefill in a probe. */
  readonly verified_prefill?: boolean;
}
