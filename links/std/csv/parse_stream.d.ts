/** Parses CSV with a header row into objects. */
export class CsvParseStream
  implements TransformStream<string, Record<string, string>> {
  /** Creates the stream. */
  constructor(options: { skipFirstRow: true });
  /** The parsed rows. */
  readonly readable: ReadableStream<Record<string, string>>;
  /** The text to parse. */
  readonly writable: WritableStream<string>;
}
