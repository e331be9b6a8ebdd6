import { openText } from "../../platform/open_text.ts";
import { type DataItem, dataItem } from "./data_item.ts";
import type { FieldSlips } from "./field_slips.ts";
import { InputError } from "../input_error.ts";

/** The formats of a data set. */
export const DATA_FORMATS = ["jsonl", "csv", "text"] as const;

/** The format of a data set. */
export type DataFormat = typeof DATA_FORMATS[number];

/** Options of {@linkcode readDataSet}. */
export interface DataSetOptions {
  /** The format. By default, that of the file's extension: `.csv`, `.txt`, otherwise JSON lines. */
  readonly format?: DataFormat;
  /** Reports fields that look like misspelled options. */
  readonly slips?: FieldSlips;
}

/**
 * Yields the prompts of a data set. The file `-` is stdin. Skips empty lines.
 *
 * @throws {InputError} If the file or a line of it cannot be read, or two prompts have the same id.
 */
export async function* readDataSet(
  file: string,
  { format = formatOf(file), slips }: DataSetOptions = {},
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
      slips?.report(item);
      yield item;
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new InputError(`${place}: ${reason}`);
  }
}

function formatOf(file: string): DataFormat {
  if (/\.csv$/i.test(file)) return "csv";
  return /\.txt$/i.test(file) ? "text" : "jsonl";
}

interface Row {
  /** The line number. In CSV, where a row can have several lines, the row number. */
  readonly number: number;
  /** Parses the fields. */
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
  // The first row has the names.
  let number = 1;
  for await (const fields of rows) {
    yield { number: ++number, fields: () => fields };
  }
}

function jsonObject(line: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(line);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new TypeError(`it must be a JSON object, got ${line.slice(0, 40)}`);
}
