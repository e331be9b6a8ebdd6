/** Reads CSV with a row of names: each further row is an object. */
export class CsvParseStream
  implements TransformStream<string, Record<string, string>> {
  /** Makes it. */
  constructor(options: { skipFirstRow: true });
  /** The rows. */
  readonly readable: ReadableStream<Record<string, string>>;
  /** The text. */
  readonly writable: WritableStream<string>;
}
