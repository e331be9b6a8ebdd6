/**
 * OpenTelemetry's interface, which Deno fills in where `OTEL_DENO` is set, and on Node the SDK, which takes 1.9 and
 * not 1.10 yet; named here for the reason that `npm_bullmq.ts` gives.
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
} from "npm:@opentelemetry/api@1.9.1";
