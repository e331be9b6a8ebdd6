import type { AnswerSize } from "./answer_size.ts";

/** How a contestant reaches a server. */
export type Transport = "http1" | "tls-h2";

/** A server that answers every chat completion with the recorded answer. */
export interface AnswerServer extends AsyncDisposable {
  /** What it is, with its version. */
  readonly name: string;
  /** How it can be reached. */
  readonly transports: readonly Transport[];
  /** The certificate that clients have to trust; null where there is none. */
  readonly certFile: string | null;
  /** The API's address, up to `/api/v1`. */
  baseUrl(transport: Transport, size: AnswerSize): string;
  /** The protocol of each connection since the last call; null where the server does not tell. */
  takeProtocols(): readonly string[] | null;
}
