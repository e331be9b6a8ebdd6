import type { Options, Params, SingleBar } from "cli-progress";

/**
 * A bar on a terminal's stderr, which is gone when it is stopped. It changes no mode of the terminal: a program that
 * is killed meanwhile leaves none behind. The library that draws it is loaded here.
 *
 * @param format What its line says, with names in braces for what it is told.
 * @param options What else it is like.
 */
export async function stderrBar(
  format: string,
  options: Options = {},
): Promise<SingleBar> {
  const { default: cliProgress } = await import("cli-progress");
  return new cliProgress.SingleBar({
    ...options,
    format: (settings: Options, params: Params, values: unknown) => {
      const line = cliProgress.Format.Formatter(
        { ...settings, format },
        params,
        values,
      );
      // Some terminals go to the next line as soon as the last column is written.
      return [...line].slice(0, params.maxWidth - 1).join("");
    },
    linewrap: true,
    hideCursor: false,
    clearOnComplete: true,
  });
}
