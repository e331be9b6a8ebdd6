import type { Failure } from "../outcome.ts";
import { getOrCreate } from "../util/get_or_create.ts";
import { isJsonObject } from "../util/json_object.ts";

type Headers = Readonly<Record<string, string>>;

/**
 * Returns a failure without the API key of its request, which a server may repeat in any text.
 *
 * @param headers The headers of the request.
 */
export function redactKey(failure: Failure, headers: Headers): Failure {
  const secrets = secretsOf(headers);
  return secrets.length === 0 ? failure : redact(failure, secrets) as Failure;
}

/** Returns the text of an answer without the API key of its request. JSON stays JSON. */
export function redactText(text: string, headers: Headers): string {
  const secrets = secretsOf(headers);
  // JSON can spell a key with escapes.
  if (!text.includes("\\u00") || !/\\u00[2-7]/.test(text)) {
    return withoutSecrets(text, secrets);
  }
  const plain = text.replaceAll(
    /\\u00([2-7][0-9a-f])/gi,
    (_, code) => String.fromCharCode(parseInt(code, 16)),
  );
  if (!secrets.some((secret) => plain.includes(secret))) {
    return withoutSecrets(text, secrets);
  }
  try {
    return JSON.stringify(redact(JSON.parse(text), secrets));
  } catch {
    return withoutSecrets(plain, secrets);
  }
}

/** Headers whose values are secrets: the API key, and those that users add. */
const SECRET = /authorization|cookie|token|secret|key/i;

/** Shorter values could be words of any text. */
const MIN_LENGTH = 6;

/** Shorter values are redacted only as whole tokens, since they could be parts of words. */
const MIN_LENGTH_ANYWHERE = 20;

let secretsByHeaders: WeakMap<Headers, readonly string[]> | undefined;

/** Returns the secrets in headers. All requests of a call share one object of headers. */
function secretsOf(headers: Headers): readonly string[] {
  secretsByHeaders ??= new WeakMap();
  return getOrCreate(secretsByHeaders, headers, () => {
    const secrets = Object.entries(headers)
      .filter(([name]) => SECRET.test(name))
      .map(([, value]) => value.replace(/^(?:Bearer|Basic)\s+/i, ""))
      .filter((value) => value.length >= MIN_LENGTH)
      // Unchanged, and as JSON escapes it.
      .flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]);
    return [...new Set(secrets)];
  });
}

function redact(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === "string") return withoutSecrets(value, secrets);
  if (Array.isArray(value)) {
    return value.map((member) => redact(member, secrets));
  }
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      withoutSecrets(name, secrets),
      redact(member, secrets),
    ]),
  );
}

function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce(
    (redacted, secret) =>
      redacted.includes(secret)
        ? redacted.replaceAll(
          secret.length < MIN_LENGTH_ANYWHERE ? tokenOf(secret) : secret,
          "[key]",
        )
        : redacted,
    text,
  );
}

/** Returns a pattern for a secret without a letter, digit, `_` or `-` next to it. */
function tokenOf(secret: string): RegExp {
  const literal = secret.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  return new RegExp(
    `(?<![\\p{L}\\p{N}_-])${literal}(?![\\p{L}\\p{N}_-])`,
    "gu",
  );
}
