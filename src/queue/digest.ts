import { sha256Hex } from "../util/sha256_hex.ts";

/** The first 128 bits of the SHA-256 of texts, in hexadecimal digits; where one ends and the next begins counts. */
export function digest(...texts: readonly string[]): string {
  return sha256Hex(JSON.stringify(texts)).slice(0, 32);
}
