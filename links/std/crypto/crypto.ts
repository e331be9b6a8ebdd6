import { sha256 } from "npm:@noble/hashes@2.4.0/sha2.js";

/** The part of `@std/crypto` that this project uses. */
export const crypto = {
  subtle: {
    /** Returns the SHA-256 digest of `data` synchronously. */
    digestSync(algorithm: "SHA-256", data: Uint8Array): ArrayBuffer {
      if (algorithm !== "SHA-256") {
        throw new TypeError(`Unsupported digest algorithm: ${algorithm}`);
      }
      return Uint8Array.from(sha256(data)).buffer;
    },
  },
};
