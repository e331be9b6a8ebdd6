import type { HttpServer } from "../../src/platform/serve_http.ts";
import { serveHttp } from "../../src/platform/deno/serve_http.ts";
import { SPANS_ENV } from "./program_env.ts";

/** A span in the JSON form of OTLP over HTTP. */
export interface CollectedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly {
    readonly key: string;
    readonly value: Readonly<Record<string, unknown>>;
  }[];
  readonly status?: { readonly code?: number };
}

/** Collects the spans that programs send to it. */
export class OtlpCollector implements AsyncDisposable {
  readonly #server: HttpServer;
  /** The received spans. */
  readonly spans: CollectedSpan[];

  private constructor(server: HttpServer, spans: CollectedSpan[]) {
    this.#server = server;
    this.spans = spans;
  }

  /** Starts a collector. */
  static async start(): Promise<OtlpCollector> {
    const spans: CollectedSpan[] = [];
    const server = await serveHttp(async (request) => {
      const text = await request.text();
      if (new URL(request.url).pathname === "/v1/traces") {
        for (const resource of JSON.parse(text).resourceSpans) {
          for (const scope of resource.scopeSpans) spans.push(...scope.spans);
        }
      }
      return new Response("{}", {
        headers: { "Content-Type": "application/json" },
      });
    });
    return new OtlpCollector(server, spans);
  }

  /** Returns the environment that makes a program send its spans here. */
  get env(): Record<string, string> {
    return {
      ...SPANS_ENV,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${this.#server.port}`,
      OTEL_BSP_SCHEDULE_DELAY: "100",
    };
  }

  /** Returns the spans with a name. */
  named(name: string): CollectedSpan[] {
    return this.spans.filter((span) => span.name === name);
  }

  /** Stops the collector. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.#server.close();
  }
}
