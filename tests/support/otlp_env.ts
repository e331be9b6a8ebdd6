/** What has a program send its spans by OTLP: Deno does so by itself. */
export const OTLP_ENV: Readonly<Record<string, string>> = { OTEL_DENO: "true" };
