import { UsageError } from "./usage_error.ts";

/** The npm packages of the queue. On Node, users install them themselves. */
export const QUEUE_PACKAGES = [
  "@opentelemetry/api",
  "bullmq",
  "ioredis",
  "prom-client",
] as const;

/**
 * Loads the queue's code, once a command needs it: help works without its packages.
 *
 * @throws {UsageError} If a package is not installed.
 */
export async function loadQueue(): Promise<
  typeof import("../queue/mod.ts")
> {
  try {
    return await import("../queue/mod.ts");
  } catch (error) {
    const { code, message } = Object(error);
    const isMissing = code === "ERR_MODULE_NOT_FOUND" &&
      QUEUE_PACKAGES.some((name) => String(message).includes(`'${name}'`));
    if (!isMissing) throw error;
    throw new UsageError(
      `--queue needs packages that are not installed: run npm install ${
        QUEUE_PACKAGES.join(" ")
      } (${message})`,
    );
  }
}
