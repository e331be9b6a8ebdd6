import type { Outcome } from "../outcome.ts";
import type { Post } from "../platform/post.ts";
import type { PreparedRequest } from "../prepared_request.ts";
import type { SendOptions, Transport } from "../transport.ts";
import { sendRequest } from "./send_request.ts";

/** Sends requests from the main thread. */
export class InProcessTransport implements Transport {
  readonly #post: Post;

  constructor(post: Post) {
    this.#post = post;
  }

  send(
    request: PreparedRequest,
    { signal }: SendOptions,
  ): Promise<Outcome> {
    return sendRequest(request, { post: this.#post, signal });
  }
}
