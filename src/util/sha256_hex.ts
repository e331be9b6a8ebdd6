import { crypto } from "@std/crypto/crypto";

/** Returns the SHA-256 of a string in hexadecimal. */
export function sha256Hex(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const digest = new Uint8Array(crypto.subtle.digestSync("SHA-256", bytes));
  // Node 20 lacks `Uint8Array.prototype.toHex`, which `@std/encoding` uses, too.
  return Array.from(digest, hexOf).join("");
}

function hexOf(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}
