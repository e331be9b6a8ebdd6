import { packageFile } from "./package_file.ts";

/** What has a program on Node send its spans by OTLP: what is loaded before it. */
export const SPANS_ENV: Readonly<Record<string, string>> = {
  NODE_OPTIONS: `--import=${packageFile("../../../tests/send_spans.js")}`,
};

/** The variable that names a certificate which a program on Node is to trust. */
export const CERTIFICATE_VARIABLE = "NODE_EXTRA_CA_CERTS";
