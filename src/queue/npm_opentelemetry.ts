/**
 * The API of OpenTelemetry. Deno implements it if `OTEL_DENO` is set. On Node the SDK does, which supports version 1.9
 * and not yet 1.10. `npm_bullmq.ts` explains why it is here.
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
