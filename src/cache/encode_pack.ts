import { CacheError } from "../errors.ts";
import type { CompressionFormat } from "../platform/compression.ts";
import { compression } from "../platform/deno/compression.ts";
import { sameBytes } from "../util/same_bytes.ts";
import { encodePackLines, type PackedFiles, PackLines } from "./pack_lines.ts";

/**
 * Returns the content of a pack. Decodes it and compares it with the files, because they are removed once it
 * is written.
 *
 * @param path Where it will be written.
 * @throws {CacheError} If it differs.
 */
export function encodePack(
  files: PackedFiles,
  path: string,
  format: CompressionFormat,
): Uint8Array {
  const bytes = compression.compress(encodePackLines(files), format);
  const lines = new PackLines(compression.decompress(bytes, format));
  for (const [name, content] of files) {
    const packed = lines.read(name);
    if (packed !== null && sameBytes(packed, content)) continue;
    throw new CacheError(`cannot pack ${name} into ${path}`, path);
  }
  return bytes;
}
