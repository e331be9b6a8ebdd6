/**
 * OpenTelemetry's interface, which Deno fills in where `OTEL_DENO` is set, for the reason that `npm_bullmq.ts` gives.
 *
 * @module
 */

export {
  context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from "npm:@opentelemetry/api@1.10.0";
