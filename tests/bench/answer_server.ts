import type { AnswerSize } from "./answer_size.ts";

/** The protocol that a contestant uses. */
export type Transport = "http1" | "tls-h2";

/** A server that answers every chat completion with the recorded answer. */
export interface AnswerServer extends AsyncDisposable {
  /** The name and version of the server. */
  readonly name: string;
  /** The protocols that it serves. */
  readonly transports: readonly Transport[];
  /** The certificate that clients have to trust, or null if there is none. */
  readonly certFile: string | null;
  /** The base URL of the API, up to `/api/v1`. */
  baseUrl(transport: Transport, size: AnswerSize): string;
  /**
   * The protocol of each connection since the last call, or null if the server does not report it.
   */
  takeProtocols(): readonly string[] | null;
}
