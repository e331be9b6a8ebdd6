/** What has a program send its spans by OTLP: Deno does so by itself. */
export const SPANS_ENV: Readonly<Record<string, string>> = {
  OTEL_DENO: "true",
};

/** The variable that names a certificate which a program is to trust. */
export const CERTIFICATE_VARIABLE = "DENO_CERT";

/**
 * Sets environment variables for the test that runs, until it is disposed of, and hides the others
 * that the package reads. Tests of other files, which run in threads of the same process, see
 * nothing of it.
 */
export function overrideEnv(
  values: Readonly<Record<string, string>>,
): Disposable {
  const { get } = Deno.env;
  Deno.env.get = (name) =>
    values[name] ??
      (/^(?:OPENROUTER|ROLLOUTS)_/.test(name)
        ? undefined
        : get.call(Deno.env, name));
  return {
    [Symbol.dispose]: () => {
      Deno.env.get = get;
    },
  };
}
