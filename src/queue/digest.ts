import { crypto } from "@std/crypto/crypto";

/** The first 128 bits of the SHA-256 of texts, in hexadecimal digits; where one ends and the next begins counts. */
export function digest(...texts: readonly string[]): string {
  const bytes = new TextEncoder().encode(JSON.stringify(texts));
  const hash = new Uint8Array(crypto.subtle.digestSync("SHA-256", bytes));
  return Array.from(
    hash.subarray(0, 16),
    (byte) => byte.toString(16).padStart(2, "0"),
  ).join("");
}
