/** What has a program send its spans by OTLP: Deno does so by itself. */
export const SPANS_ENV: Readonly<Record<string, string>> = {
  OTEL_DENO: "true",
};

/** The variable that names a certificate which a program is to trust. */
export const CERTIFICATE_VARIABLE = "DENO_CERT";
