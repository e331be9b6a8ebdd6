import { openTextOutput, type TextOutput } from "../../platform/text_output.ts";
import {
  EXPORT_COLUMNS,
  type ExportRow,
  type RowOutput,
} from "./export_row.ts";

/** How rows are written. */
export type RowFormat = "jsonl" | "csv" | "parquet";

/** The format that a file's name tells: `.csv`, `.parquet`, `.jsonl`, and for stdout JSON lines; null for another. */
export function rowFormatOf(file: string): RowFormat | null {
  if (/\.csv$/i.test(file)) return "csv";
  if (/\.parquet$/i.test(file)) return "parquet";
  return file === "-" || /\.(jsonl|ndjson|json)$/i.test(file) ? "jsonl" : null;
}

/** Opens an output; stdout where it is called `-`. */
export async function openRowOutput(
  path: string,
  format: RowFormat,
): Promise<RowOutput> {
  switch (format) {
    case "jsonl":
      return textRows(
        await openTextOutput(path),
        (row) => `${JSON.stringify(row)}\n`,
      );
    case "csv": {
      const { stringify } = await import("@std/csv/stringify");
      const columns = Object.keys(EXPORT_COLUMNS);
      const output = await openTextOutput(path);
      await output.write(stringify([], { columns, headers: true }));
      return textRows(
        output,
        (row) => stringify([row], { columns, headers: false }),
      );
    }
    case "parquet": {
      const { openParquetRows } = await import("./parquet_rows.ts");
      return openParquetRows(path);
    }
  }
}

function textRows(
  output: TextOutput,
  format: (row: ExportRow) => string,
): RowOutput {
  return {
    write: (row) => output.write(format(row)),
    commit: () => output.commit(),
    discard: () => output.discard(),
  };
}
