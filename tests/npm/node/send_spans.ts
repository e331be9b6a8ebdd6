/**
 * Has the program that it is loaded before send its spans by OTLP, as docs/scale-out.md shows it.
 *
 * @module
 */

import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import {
  BatchSpanProcessor,
  NodeTracerProvider,
} from "@opentelemetry/sdk-trace-node";

const processor = new BatchSpanProcessor(new OTLPTraceExporter());
new NodeTracerProvider({ spanProcessors: [processor] }).register();
