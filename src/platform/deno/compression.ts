import type * as Zlib from "node:zlib";
import type { Compression } from "../compression.ts";

/** Compression on Deno. */
export const compression = {
  canWriteZstd: () => true,
  compress: (bytes, format) =>
    format === "zst" ? zlib().zstdCompressSync(bytes) : zlib().gzipSync(bytes),
  decompress: (bytes, format) =>
    format === "zst"
      ? zlib().zstdDecompressSync(bytes, options(bytes))
      : zlib().gunzipSync(bytes, options(bytes)),
  crc32: (bytes) => zlib().crc32(bytes),
} satisfies Compression;

/** Joining many small chunks takes as long as decompressing them. */
function options({ length }: Uint8Array): { chunkSize: number } {
  return { chunkSize: length > 65_536 ? 1 << 20 : 1 << 16 };
}

let loaded: typeof Zlib | undefined;

/** Loads the module when it is needed: an import would take 13 ms of each start. */
function zlib(): typeof Zlib {
  const { process } = globalThis as unknown as {
    readonly process: {
      getBuiltinModule(name: "node:zlib"): typeof Zlib;
    };
  };
  return loaded ??= process.getBuiltinModule("node:zlib");
}
