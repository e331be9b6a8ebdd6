/** What came back from the API, read to its end. */
export interface HttpAnswer {
  /** The HTTP status. */
  readonly status: number;
  /** The headers. */
  readonly headers: HeaderReader;
  /** The body. */
  readonly text: string;
  /** When it had come, in Unix milliseconds. */
  readonly atMs: number;
}

/** `Headers`, or a map with names in lower case. */
export interface HeaderReader {
  /** A header's value; null or undefined where it is not there. */
  get(name: string): string | null | undefined;
}
