import { serveHttp } from "../platform/deno/serve_http.ts";
import type { HttpServer } from "../platform/serve_http.ts";
import { QueueError } from "./queue_error.ts";
import type { QueueMetrics } from "./queue_metrics.ts";

/** Where metrics are served for Prometheus. */
export interface MetricsOptions {
  /** The port. Metrics are not served without one. */
  readonly metricsPort?: number;
  /**
   * The address to listen on. `0.0.0.0` opens it to other machines.
   * @default {"127.0.0.1"}
   */
  readonly metricsHost?: string;
}

/**
 * Serves metrics at `/metrics`, without keeping the process alive. Returns `null` if no port is given.
 *
 * @throws {QueueError} If the port cannot be used.
 */
export async function serveMetrics(
  metrics: QueueMetrics,
  { metricsPort, metricsHost }: MetricsOptions,
): Promise<HttpServer | null> {
  if (metricsPort === undefined) return null;
  const options = {
    port: metricsPort,
    hostname: metricsHost,
    keepsAlive: false,
  };
  try {
    return await serveHttp(async (request) => {
      if (new URL(request.url).pathname !== "/metrics") {
        return new Response("metrics are at /metrics\n", { status: 404 });
      }
      const headers = { "Content-Type": metrics.contentType };
      return new Response(await metrics.text(), { headers });
    }, options);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : cause;
    throw new QueueError(
      `metrics cannot be served on port ${metricsPort}: ${reason}`,
      { cause },
    );
  }
}
