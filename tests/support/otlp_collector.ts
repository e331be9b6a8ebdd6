import type { HttpServer } from "../../src/platform/serve_http.ts";
import { serveHttp } from "../../src/platform/deno/serve_http.ts";
import { SPANS_ENV } from "./program_env.ts";

/** A span, as OTLP by HTTP and JSON has it. */
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
  /** Those that have come. */
  readonly spans: CollectedSpan[];

  private constructor(server: HttpServer, spans: CollectedSpan[]) {
    this.#server = server;
    this.spans = spans;
  }

  /** Starts it. */
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

  /** What has a program send its spans here. */
  get env(): Record<string, string> {
    return {
      ...SPANS_ENV,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${this.#server.port}`,
      OTEL_BSP_SCHEDULE_DELAY: "100",
    };
  }

  /** Those of a name. */
  named(name: string): CollectedSpan[] {
    return this.spans.filter((span) => span.name === name);
  }

  /** Ends it. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.#server.close();
  }
}
