import { fileWriter, ParquetWriter } from "hyparquet-writer";
import { checkOutput } from "../../platform/check_output.ts";
import { dropFile, placeFile } from "../../platform/place_file.ts";
import {
  type Cell,
  type CellKind,
  EXPORT_COLUMNS,
  type ExportRow,
  type RowOutput,
} from "./export_row.ts";

/** Rows that are in memory together, and in one group of the file. */
const ROWS_A_GROUP = 1_000;

/** A group ends sooner where its texts are long: at so many characters. */
const CHARACTERS_A_GROUP = 16_000_000;

const TYPES = {
  text: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  integer: { type: "INT64" },
  number: { type: "DOUBLE" },
  boolean: { type: "BOOLEAN" },
} as const satisfies Readonly<Record<CellKind, unknown>>;

/** A Parquet file of rows, compressed by Snappy; every column may have nulls. */
export function openParquetRows(path: string): RowOutput {
  checkOutput(path);
  const temporary = `${path}.${crypto.randomUUID().slice(0, 8)}.partial`;
  const columns = Object.entries(EXPORT_COLUMNS);
  const writer = new ParquetWriter({
    writer: fileWriter(temporary),
    schema: [
      { name: "samples", num_children: columns.length },
      ...columns.map(([name, kind]) => ({
        name,
        repetition_type: "OPTIONAL" as const,
        ...TYPES[kind],
      })),
    ],
  });
  let rows: ExportRow[] = [];
  let characters = 0;
  const flush = () => {
    const columnData = columns.map(([name, kind]) => ({
      name,
      data: rows.map((row) => parquetCell(row[name] ?? null, kind)),
    }));
    writer.write({ columnData, rowGroupSize: ROWS_A_GROUP });
    rows = [];
    characters = 0;
  };
  return {
    write: (row) => {
      rows.push(row);
      for (const cell of Object.values(row)) {
        if (typeof cell === "string") characters += cell.length;
      }
      const isFull = rows.length >= ROWS_A_GROUP ||
        characters >= CHARACTERS_A_GROUP;
      if (isFull) flush();
      return Promise.resolve();
    },
    commit: async () => {
      if (rows.length > 0) flush();
      await writer.finish();
      placeFile(temporary, path);
    },
    discard: () => {
      dropFile(temporary);
      return Promise.resolve();
    },
  };
}

/** Parquet's integers of 64 bits are JavaScript's big ones; what is none is not known. */
function parquetCell(cell: Cell, kind: CellKind): Cell | bigint {
  if (kind !== "integer" || typeof cell !== "number") return cell;
  return Number.isSafeInteger(cell) ? BigInt(cell) : null;
}
