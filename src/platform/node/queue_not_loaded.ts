import { QueueError } from "../../queue/queue_error.ts";

/** The packages that a queue takes: who uses one on Node installs them beside. */
export const QUEUE_PACKAGES = [
  "@opentelemetry/api",
  "bullmq",
  "ioredis",
  "prom-client",
] as const;

/**
 * Throws why a queue's code could not be loaded, in words that say what to do where a package of it is
 * missing.
 */
export function queueNotLoaded(error: unknown): never {
  const { code, message } = Object(error);
  const isMissing = code === "ERR_MODULE_NOT_FOUND" &&
    QUEUE_PACKAGES.some((name) => String(message).includes(`'${name}'`));
  if (!isMissing) throw error;
  throw new QueueError(
    `a queue takes packages that are installed beside: npm install ${
      QUEUE_PACKAGES.join(" ")
    } (${message})`,
    { cause: error },
  );
}
