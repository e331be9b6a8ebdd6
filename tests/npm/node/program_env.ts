import process from "node:process";
import { packageFile } from "./package_file.ts";

/** The environment that makes a Node program send its spans by OTLP. */
export const SPANS_ENV: Readonly<Record<string, string>> = {
  NODE_OPTIONS: `--import=${packageFile("../../../tests/send_spans.js")}`,
};

/** The environment variable with the path of a certificate that Node trusts. */
export const CERTIFICATE_VARIABLE = "NODE_EXTRA_CA_CERTS";

/** Sets environment variables until disposal, and hides the others that the package reads. */
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
