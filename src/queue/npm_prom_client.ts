/**
 * Prometheus' counters, for the reason that `npm_bullmq.ts` gives.
 *
 * @module
 */

export { Counter, Gauge, Histogram, Registry } from "npm:prom-client@15.1.3";
