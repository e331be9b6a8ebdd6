import type { JsonObject } from "../util/json_object.ts";

/** An error that the mock server responds with, in the API's format. */
export class HttpError extends Error {
  override readonly name = "HttpError";
  /** The HTTP status, also sent as `error.code`. */
  readonly status: number;
  /** Sent as `error.metadata`. */
  readonly metadata: JsonObject | undefined;

  constructor(status: number, message: string, metadata?: JsonObject) {
    super(message);
    this.status = status;
    this.metadata = metadata;
  }
}
