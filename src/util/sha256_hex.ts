import { crypto } from "@std/crypto/crypto";

/** The SHA-256 of a text, in hexadecimal digits. */
export function sha256Hex(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const digest = new Uint8Array(crypto.subtle.digestSync("SHA-256", bytes));
  // `toHex()` of the bytes, and what `@std/encoding` does, are too new for Node 20.
  return Array.from(digest, hexOf).join("");
}

function hexOf(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}
