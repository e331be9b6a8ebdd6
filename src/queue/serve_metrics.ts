import type { HttpServer } from "../platform/serve_http.ts";
import { serveHttp } from "../platform/deno/serve_http.ts";
import type { QueueMetrics } from "./queue_metrics.ts";
import { QueueError } from "./redis_error.ts";
import type { MetricsOptions } from "./metrics_options.ts";

/**
 * Serves metrics at `/metrics`; null where no port is given. It keeps no program alive.
 *
 * @throws {QueueError} Where it cannot listen there.
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
