/** An HTTP answer whose body has been read to its end. */
export interface HttpAnswer {
  /** The HTTP status. */
  readonly status: number;
  /** The headers, such as a `Headers` object or a map with names in lower case. */
  readonly headers: HeaderReader;
  /** The body. */
  readonly text: string;
  /** When the last byte arrived, in Unix milliseconds. The default is now. */
  readonly receivedAtMs?: number;
  /** The time from the request to the last byte, in milliseconds, or `null` if it is unknown. */
  readonly latencyMs?: number | null;
}

/** The headers of an answer. `Headers` and `Map` have these methods. */
export interface HeaderReader {
  /** Returns the value of a header; names are in lower case. */
  get(name: string): string | null | undefined;
  /** Calls a function for each header. Without it, errors do not list the headers. */
  forEach?(callback: (value: string, name: string) => void): void;
}
