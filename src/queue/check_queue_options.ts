import { BASE_URL } from "../options/base_url.ts";
import { withoutPassword } from "../util/without_password.ts";
import { integer, textThat } from "../options/value_type.ts";

/** The values of the options of a transport, a worker, and a control. */
const TYPES = {
  queue: textThat(isRedisUrl, {
    expected: "the address of a Redis, such as redis://127.0.0.1:6379",
    // It may contain a password.
    isSecret: true,
  }),
  concurrency: integer({ min: 1, max: 10_000 }),
  leaseMs: integer({ min: 500, max: 600_000 }),
  metricsPort: integer({ min: 0, max: 65_535 }),
  baseUrl: BASE_URL,
};

/**
 * Checks options. `undefined` is valid, except for `queue`.
 *
 * @throws {TypeError} If one is invalid.
 */
export function checkQueueOptions(
  options:
    & { readonly queue: unknown }
    & { readonly [name in keyof typeof TYPES]?: unknown },
): void {
  for (const [name, { expected, isSecret }] of Object.entries(TYPES)) {
    const value = options[name as keyof typeof TYPES];
    const wrong = value === undefined && name !== "queue"
      ? null
      : expected(value);
    if (wrong === null) continue;
    const got = isSecret ? "" : `, got ${withoutPassword(String(value))}`;
    throw new TypeError(`${name} must be ${wrong}${got}`);
  }
}

function isRedisUrl(value: unknown): boolean {
  if (typeof value !== "string" || !URL.canParse(value)) return false;
  const { protocol, hostname, pathname } = new URL(value);
  return /^rediss?:$/.test(protocol) && hostname !== "" &&
    /^(\/\d*)?$/.test(pathname);
}
