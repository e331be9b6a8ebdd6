/** The npm packages of the queue. On Node, users install them themselves. */
export const QUEUE_PACKAGES = [
  "@opentelemetry/api",
  "bullmq",
  "ioredis",
  "prom-client",
] as const;
