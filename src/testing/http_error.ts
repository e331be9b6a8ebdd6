/** More about a {@linkcode MockHttpError}. */
export interface MockHttpErrorOptions {
  /** What stands in `error.metadata`. */
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** An error that the mock server answers with, in the API's shape. */
export class MockHttpError extends Error {
  /** The class's name. */
  override readonly name = "MockHttpError";
  /** The HTTP status, also given as `error.code`. */
  readonly status: number;
  /** What stands in `error.metadata`. */
  readonly metadata: Readonly<Record<string, unknown>> | undefined;

  /** Says what is wrong with a request. */
  constructor(
    status: number,
    message: string,
    options: MockHttpErrorOptions = {},
  ) {
    super(message);
    this.status = status;
    this.metadata = options.metadata;
  }
}
