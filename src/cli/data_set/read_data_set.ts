import { openText } from "../../platform/open_text.ts";
import { csvRows } from "./csv_rows.ts";
import { type DataItem, dataItem, type RowFields } from "./data_item.ts";
import type { FieldSlips } from "./field_slips.ts";
import { jsonMembers } from "./json_members.ts";
import { LineError, readLines, type TextLine } from "./read_lines.ts";
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
  /** The lines of the ids so far. */
  const seen = new Map<string, number>();
  let line = 0;
  try {
    const lines = readLines(await openText(file));
    for await (const row of rowsOf(lines, format)) {
      line = row.number;
      const item = dataItem(row.fields(), `${name}:${line}`);
      const { id } = item;
      const other = id === null ? undefined : seen.get(id);
      if (other !== undefined) {
        const shown = id!.startsWith('"') ? JSON.parse(id!) : id;
        throw new TypeError(
          `its id ${shown} is also that of ${name}:${other}: change one`,
        );
      }
      if (id !== null) seen.set(id, line);
      slips?.report(item);
      yield item;
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    if (error instanceof LineError) line = error.line;
    throw new InputError(`${line === 0 ? name : `${name}:${line}`}: ${reason}`);
  }
}

function formatOf(file: string): DataFormat {
  if (/\.csv$/i.test(file)) return "csv";
  return /\.txt$/i.test(file) ? "text" : "jsonl";
}

interface Row {
  /** The number of its first line. */
  readonly number: number;
  /** Parses the fields. */
  readonly fields: () => RowFields;
}

async function* rowsOf(
  lines: AsyncIterable<TextLine>,
  format: DataFormat,
): AsyncGenerator<Row, void, undefined> {
  if (format === "csv") {
    for await (const { number, fields } of csvRows(lines)) {
      yield { number, fields: () => textFields(fields()) };
    }
    return;
  }
  for await (const { number, text } of lines) {
    if (text.trim() === "") continue;
    const fields = () =>
      format === "text"
        ? { ...textFields(new Map([["prompt", text]])), isText: false }
        : jsonFields(jsonMembers(text));
    yield { number, fields };
  }
}

function textFields(fields: ReadonlyMap<string, string>): RowFields {
  return {
    names: [...fields.keys()],
    json: (name) => JSON.stringify(fields.get(name)),
    value: (name) => fields.get(name),
    isText: true,
  };
}

function jsonFields(fields: ReadonlyMap<string, string>): RowFields {
  return {
    names: [...fields.keys()],
    json: (name) => fields.get(name)!,
    value: (name) => JSON.parse(fields.get(name)!),
    isText: false,
  };
}
