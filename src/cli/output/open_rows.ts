import { withInputErrors } from "../input_error.ts";
import { jsonLine } from "./cli_output.ts";
import { EXPORT_COLUMNS, type ExportRow } from "./export_row.ts";
import type { OutputFiles } from "./output_files.ts";

/** The formats of a table. */
export const ROW_FORMATS = ["jsonl", "csv", "parquet", "huggingface"] as const;

/** The format of a table. */
export type RowFormat = typeof ROW_FORMATS[number];

/** Derives the format from a file's name. Returns `null` for an unknown extension. */
export function rowFormatOf(file: string): RowFormat | null {
  if (/\.csv$/i.test(file)) return "csv";
  if (/\.parquet$/i.test(file)) return "parquet";
  return file === "-" || /\.(jsonl|ndjson|json)$/i.test(file) ? "jsonl" : null;
}

/** Opens a table, and returns a function that writes a row. The path `-` is stdout. */
export async function openRows(
  files: OutputFiles,
  path: string,
  { format, isCsvSafe = false }: {
    readonly format: RowFormat;
    /** Whether to escape CSV cells that a spreadsheet would evaluate as formulas. */
    readonly isCsvSafe?: boolean;
  },
): Promise<(row: ExportRow) => Promise<void>> {
  switch (format) {
    case "jsonl": {
      const write = await files.open(path);
      return (row) => write(jsonLine(row));
    }
    case "csv": {
      const { stringify } = await import("@std/csv/stringify");
      const columns = Object.keys(EXPORT_COLUMNS);
      const write = await files.open(path);
      await write(stringify([], { columns, headers: true }));
      return (row) => {
        const cells = isCsvSafe ? withoutFormulas(row) : row;
        return write(stringify([cells], { columns, headers: false }));
      };
    }
    case "parquet": {
      const { openParquetRows } = await import("./parquet_rows.ts");
      const file = await withInputErrors(() => openParquetRows(path));
      files.add(path, file);
      return (row) => file.write(row);
    }
    case "huggingface": {
      const { openHuggingFaceFolder } = await import(
        "./hugging_face_folder.ts"
      );
      return await withInputErrors(() => openHuggingFaceFolder(files, path));
    }
  }
}

/** Puts an apostrophe before each value that a spreadsheet would evaluate as a formula. */
function withoutFormulas(row: ExportRow): ExportRow {
  return Object.fromEntries(
    Object.entries(row).map(([name, cell]) => [
      name,
      typeof cell === "string" && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell,
    ]),
  );
}
