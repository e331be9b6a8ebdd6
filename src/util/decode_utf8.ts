/** Decodes UTF-8 without a byte order mark. Returns `null` if the bytes are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array<ArrayBuffer>): string | null {
  try {
    return STRICT.decode(bytes);
  } catch {
    return null;
  }
}

const STRICT = new TextDecoder("utf-8", { fatal: true });
