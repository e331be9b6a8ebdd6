import { openText } from "../../platform/open_text.ts";
import { type DataItem, dataItem } from "./data_item.ts";
import { InputError } from "../input_error.ts";

/** How a data set is written. */
export type DataFormat = "jsonl" | "csv" | "text";

/**
 * The format that a file's name tells: `.csv`, `.txt`, else JSON lines.
 */
export function formatOf(file: string): DataFormat {
  if (/\.csv$/i.test(file)) return "csv";
  return /\.txt$/i.test(file) ? "text" : "jsonl";
}

/**
 * The prompts of a data set, one after the other; of stdin where it is called `-`. Empty lines
 * are passed over.
 *
 * @throws {InputError} Where a line cannot be read, with its place and the reason; two have the same id;
 * or the file cannot be read.
 */
export async function* readDataSet(
  file: string,
  format: DataFormat,
): AsyncGenerator<DataItem, void, undefined> {
  const name = file === "-" ? "stdin" : file;
  const seen = new Map<unknown, string>();
  let place = name;
  try {
    const rows = await readRows(file, format);
    for await (const { number, fields } of rows) {
      place = `${name}:${number}`;
      const item = dataItem(fields(), { place, isText: format === "csv" });
      const other = item.id === undefined ? undefined : seen.get(item.id);
      if (other !== undefined) {
        throw new TypeError(`its id ${item.id} is that of ${other} too`);
      }
      if (item.id !== undefined) seen.set(item.id, place);
      yield item;
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new InputError(`${place}: ${reason}`);
  }
}

interface Row {
  /** The number of the line; in CSV, where a row may have many, that of the row. */
  readonly number: number;
  /** Reads its fields. */
  readonly fields: () => Readonly<Record<string, unknown>>;
}

async function readRows(
  file: string,
  format: DataFormat,
): Promise<AsyncIterable<Row>> {
  const text = await openText(file);
  return format === "csv" ? csvRows(text) : lineRows(text, format);
}

async function* lineRows(
  text: ReadableStream<string>,
  format: DataFormat,
): AsyncGenerator<Row, void, undefined> {
  const { TextLineStream } = await import("@std/streams/text-line-stream");
  let number = 0;
  for await (const line of text.pipeThrough(new TextLineStream())) {
    number++;
    if (line.trim() === "") continue;
    const fields = () =>
      format === "text" ? { prompt: line } : jsonObject(line);
    yield { number, fields };
  }
}

async function* csvRows(
  text: ReadableStream<string>,
): AsyncGenerator<Row, void, undefined> {
  const { CsvParseStream } = await import("@std/csv/parse-stream");
  const rows = text.pipeThrough(new CsvParseStream({ skipFirstRow: true }));
  // The names are the first row.
  let number = 1;
  for await (const fields of rows) {
    yield {
      number: ++number,
      fields: () => fields,
    };
  }
}

function jsonObject(line: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(line);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new TypeError(`it must be a JSON object, got ${line.slice(0, 40)}`);
}
