import { fileWriter, ParquetWriter } from "hyparquet-writer";
import { checkOutput } from "../../platform/check_output.ts";
import { fs } from "../../platform/deno/fs.ts";
import { removeIfPossible } from "../../platform/remove_if_possible.ts";
import { EXPORT_COLUMNS, type ExportRow } from "./export_row.ts";
import type { PendingFile } from "./output_files.ts";
import type { Cell, CellKind } from "./sample_fields.ts";

/** How many rows are in memory together, and in one row group of the file. */
const ROWS_PER_GROUP = 1_000;

/** A row group ends sooner if its texts have this many characters. A number counts for eight. */
const CHARACTERS_PER_GROUP = 16_000_000;
const BYTES_OF_NUMBER = 8;

const OPTIONAL = { repetition_type: "OPTIONAL" } as const;

const TYPES = {
  text: [{ type: "BYTE_ARRAY", converted_type: "UTF8" }],
  integer: [{ type: "INT64" }],
  number: [{ type: "DOUBLE" }],
  boolean: [{ type: "BOOLEAN" }],
  numbers: [
    { converted_type: "LIST", num_children: 1 },
    { name: "list", repetition_type: "REPEATED", num_children: 1 },
    { name: "element", ...OPTIONAL, type: "DOUBLE" },
  ],
} as const satisfies Readonly<Record<CellKind, unknown>>;

/** Opens a Parquet file. It is compressed with Snappy, and every column is nullable. */
export function openParquetRows(
  path: string,
): PendingFile & { write(row: ExportRow): Promise<void> } {
  checkOutput(path);
  const temporary = `${path}.${crypto.randomUUID().slice(0, 8)}.partial`;
  const columns = Object.entries(EXPORT_COLUMNS);
  const writer = new ParquetWriter({
    writer: fileWriter(temporary),
    schema: [
      { name: "samples", num_children: columns.length },
      ...columns.flatMap(([name, kind]) => {
        const [own, ...children] = TYPES[kind];
        return [{ name, ...OPTIONAL, ...own }, ...children];
      }),
    ],
  });
  let rows: ExportRow[] = [];
  let characters = 0;
  const flush = () => {
    const columnData = columns.map(([name, kind]) => ({
      name,
      data: rows.map((row) => parquetCell(row[name] ?? null, kind)),
    }));
    writer.write({ columnData, rowGroupSize: ROWS_PER_GROUP });
    rows = [];
    characters = 0;
  };
  return {
    write: (row) => {
      rows.push(row);
      for (const cell of Object.values(row)) {
        if (typeof cell === "string") characters += cell.length;
        if (cell instanceof Array) characters += BYTES_OF_NUMBER * cell.length;
      }
      const isFull = rows.length >= ROWS_PER_GROUP ||
        characters >= CHARACTERS_PER_GROUP;
      if (isFull) flush();
      return Promise.resolve();
    },
    commit: async () => {
      if (rows.length > 0) flush();
      await writer.finish();
      fs.rename(temporary, path);
    },
    discard: () => {
      removeIfPossible(temporary);
      return Promise.resolve();
    },
  };
}

/** Converts integers to `bigint`, which Parquet's 64-bit integers need. Fractions are cut off; an unsafe integer is `null`. */
function parquetCell(cell: Cell, kind: CellKind): Cell | bigint {
  if (kind !== "integer" || typeof cell !== "number") return cell;
  const integer = Math.trunc(cell);
  return Number.isSafeInteger(integer) ? BigInt(integer) : null;
}
