/**
 * Metrics for Prometheus. `npm_bullmq.ts` explains why it is here.
 *
 * @module
 */

export { Counter, Gauge, Histogram, Registry } from "npm:prom-client@15.1.3";
