import { QueueError } from "./queue_error.ts";

/** The minimum length of a secret. Guessing the secret reveals the key. */
const MIN_LENGTH = 32;

const NONCE_BYTES = 12;

/**
 * Encrypts API keys for their way through Redis: AES-256-GCM, with a key that HKDF derives from a secret. Coordinator
 * and workers share the secret, and Redis never has it. A sealed key opens only for the URL and the job that it
 * was sealed for.
 */
export class KeySeal {
  readonly #key: Promise<CryptoKey>;

  /**
   * Creates a seal from a secret.
   *
   * @throws {QueueError} If the secret is too short.
   */
  constructor(secret: string) {
    if (secret.length < MIN_LENGTH) {
      throw new QueueError(
        `ROLLOUTS_QUEUE_SECRET must contain at least ${MIN_LENGTH} characters: create one with openssl rand -hex 32`,
      );
    }
    this.#key = deriveKey(secret);
    // Reported where it is awaited.
    this.#key.catch(() => {});
  }

  /** Seals a key for a place: a URL and a job id. */
  async seal(apiKey: string, place: readonly string[]): Promise<string> {
    const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
    const sealed = await crypto.subtle.encrypt(
      { name: "AES-GCM", iv, additionalData: bytesOf(place) },
      await this.#key,
      new TextEncoder().encode(apiKey),
    );
    return [iv, new Uint8Array(sealed)].map(toBase64).join(".");
  }

  /**
   * Opens a sealed key.
   *
   * @throws {QueueError} If it was sealed with another secret or for another place, or was changed.
   */
  async open(sealed: string, place: readonly string[]): Promise<string> {
    try {
      const [iv, text] = sealed.split(".").map(fromBase64);
      const opened = await crypto.subtle.decrypt(
        { name: "AES-GCM", iv: iv!, additionalData: bytesOf(place) },
        await this.#key,
        text!,
      );
      return new TextDecoder().decode(opened);
    } catch (cause) {
      throw new QueueError(
        "cannot decrypt the API key of the job: ROLLOUTS_QUEUE_SECRET must be the same for the run and its workers",
        { cause },
      );
    }
  }
}

async function deriveKey(secret: string): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey(
    "raw",
    new TextEncoder().encode(secret),
    "HKDF",
    false,
    ["deriveKey"],
  );
  return await crypto.subtle.deriveKey(
    {
      name: "HKDF",
      hash: "SHA-256",
      salt: new Uint8Array(),
      info: new TextEncoder().encode("rollouts queue: keys, version 1"),
    },
    material,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

function bytesOf(place: readonly string[]): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(place));
}

// `Uint8Array` has methods for this, but not on Node 20.

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
