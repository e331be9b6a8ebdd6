/**
 * Makes a program send its spans by OTLP if it is loaded before it. docs/scale-out.md shows the code.
 *
 * @module
 */

import { OTLPTraceExporter } from "npm:@opentelemetry/exporter-trace-otlp-http@0.223.1";
import {
  BatchSpanProcessor,
  NodeTracerProvider,
} from "npm:@opentelemetry/sdk-trace-node@2.12.1";

const processor = new BatchSpanProcessor(new OTLPTraceExporter());
new NodeTracerProvider({ spanProcessors: [processor] }).register();
