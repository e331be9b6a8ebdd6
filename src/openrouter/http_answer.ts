/** What came back from the API, read to its end. */
export interface HttpAnswer {
  /** The HTTP status. */
  readonly status: number;
  /** The headers, with names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** The body. */
  readonly text: string;
  /** When it had come, in Unix milliseconds. */
  readonly atMs: number;
}
