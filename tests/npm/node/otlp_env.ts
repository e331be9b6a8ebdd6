const PACKAGE = import.meta.resolve("@rollouts/client/package.json");

/** What has a program on Node send its spans by OTLP: what is loaded before it, beside the tests. */
export const OTLP_ENV: Readonly<Record<string, string>> = {
  NODE_OPTIONS: `--import=${
    new URL("../../../tests/send_spans.js", PACKAGE).href
  }`,
};
