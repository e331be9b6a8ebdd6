import type { Options, Params, SingleBar } from "cli-progress";

/**
 * Creates a progress bar on stderr, which disappears when it is stopped. Loads the library that draws
 * it. The bar changes no terminal mode, so that a killed process leaves none behind.
 *
 * @param format The line, with names of values in braces.
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
      // Some terminals wrap as soon as the last column is written.
      return [...line].slice(0, params.maxWidth - 1).join("");
    },
    linewrap: true,
    hideCursor: false,
    clearOnComplete: true,
  });
}
