import process from "node:process";
import { packageFile } from "./package_file.ts";

/** What has a program on Node send its spans by OTLP: what is loaded before it. */
export const SPANS_ENV: Readonly<Record<string, string>> = {
  NODE_OPTIONS: `--import=${packageFile("../../../tests/send_spans.js")}`,
};

/** The variable that names a certificate which a program on Node is to trust. */
export const CERTIFICATE_VARIABLE = "NODE_EXTRA_CA_CERTS";

/** Sets environment variables until it is disposed of, and hides the others that the package reads. */
export function overrideEnv(
  values: Readonly<Record<string, string>>,
): Disposable {
  const before = { ...process.env };
  const hidden = Object.keys(before)
    .filter((name) => /^(?:OPENROUTER|ROLLOUTS)_/.test(name));
  for (const name of hidden) delete process.env[name];
  Object.assign(process.env, values);
  return {
    [Symbol.dispose]: () => {
      for (const name of Object.keys(values)) delete process.env[name];
      Object.assign(process.env, before);
    },
  };
}
