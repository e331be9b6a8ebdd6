/** Compression of whole buffers. Implemented by `deno/compression.ts` and `node/compression.ts`. */
export interface Compression {
  /** Whether {@linkcode Compression.compress} can write Zstandard. All runtimes read it. */
  canWriteZstd(): boolean;
  /** Compresses bytes. */
  compress(bytes: Uint8Array, format: CompressionFormat): Uint8Array;
  /**
   * Decompresses bytes. Does not detect every error in them: the content needs a checksum of its own.
   *
   * @throws {Error} If they do not have the format.
   */
  decompress(bytes: Uint8Array, format: CompressionFormat): Uint8Array;
  /** Returns the CRC-32 of bytes. */
  crc32(bytes: Uint8Array): number;
}

/** A compression format: Zstandard (RFC 8878) or gzip (RFC 1952). */
export type CompressionFormat = "zst" | "gz";
