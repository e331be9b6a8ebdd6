import type { AbortSignalLike } from "../abort_signal_like.ts";

/** A POST request. */
export interface PostRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The maximum size of the answer in bytes, after decompression. */
  readonly maxAnswerBytes: number;
  /** Aborts the request. */
  readonly signal: AbortSignalLike;
}

/** The answer to a POST request. */
export interface PostAnswer {
  readonly status: number;
  /** The headers. Names are in lower case. */
  readonly headers: Headers | ReadonlyMap<string, string>;
  /** The body, decompressed, or `null` if it is longer than `maxAnswerBytes`. */
  readonly body: Uint8Array | null;
}

/**
 * Sends a POST request and reads the answer to its end. Does not follow redirects, since the prompt and
 * the key must not reach another address, and has no time limit. Implemented by `deno/post.ts` and
 * `node/post.ts`.
 *
 * @throws {Error} If there is no complete answer.
 * @throws If the signal is aborted.
 */
export interface Post {
  (request: PostRequest): Promise<PostAnswer>;
}
