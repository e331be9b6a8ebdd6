import { sha256Hex } from "../util/sha256_hex.ts";

/** Returns the first 128 bits of the SHA-256 of a list of texts, as hexadecimal digits. */
export function digest(...texts: readonly string[]): string {
  return sha256Hex(JSON.stringify(texts)).slice(0, 32);
}
