/** The environment that makes a Deno program send its spans by OTLP. */
export const SPANS_ENV: Readonly<Record<string, string>> = {
  OTEL_DENO: "true",
};

/** The environment variable with the path of a certificate that a program trusts. */
export const CERTIFICATE_VARIABLE = "DENO_CERT";

/**
 * Sets environment variables for the running test until disposal, and hides the others that the
 * package reads. Tests of other files, which run in other threads of the process, are not affected.
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
