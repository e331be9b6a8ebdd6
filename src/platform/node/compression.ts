import * as zlib from "node:zlib";
import { decompress } from "npm:fzstd@0.1.1";
import type { Compression } from "../compression.ts";

/** Zstandard, which Node has from 22.15 on. */
const { zstdCompressSync, zstdDecompressSync } = zlib as Partial<typeof zlib>;

/** Compression on Node. */
export const compression = {
  canWriteZstd: () => zstdCompressSync !== undefined,
  compress: (bytes, format) => {
    if (format === "gz") return zlib.gzipSync(bytes);
    if (zstdCompressSync !== undefined) return zstdCompressSync(bytes);
    throw new Error("Zstandard needs Node 22.15 or later");
  },
  decompress: (bytes, format) =>
    format === "gz"
      ? zlib.gunzipSync(bytes, options(bytes))
      : zstdDecompressSync?.(bytes, options(bytes)) ?? decompress(bytes),
  crc32: (bytes) => zlib.crc32(bytes),
} satisfies Compression;

/** Joining many small chunks takes as long as decompressing them. */
function options({ length }: Uint8Array): { chunkSize: number } {
  return { chunkSize: length > 65_536 ? 1 << 20 : 1 << 16 };
}
