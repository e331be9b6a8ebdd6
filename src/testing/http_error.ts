import type { JsonObject } from "../util/json_object.ts";

/** An error that the mock server responds with, in the API's format. */
export class HttpError extends Error {
  /** The class's name. */
  override readonly name = "HttpError";
  /** The HTTP status, also sent as `error.code`. */
  readonly status: number;
  /** Sent as `error.metadata`. */
  readonly metadata: JsonObject | undefined;

  /** Creates an error with the message that the response has. */
  constructor(status: number, message: string, metadata?: JsonObject) {
    super(message);
    this.status = status;
    this.metadata = metadata;
  }
}
