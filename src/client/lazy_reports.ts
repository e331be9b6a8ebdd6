import type {
  PrefillReports,
  PrefillReportsOptions,
} from "../prefill/prefill_reports.ts";
import { memoizeAsync } from "../util/memoize_async.ts";

/** Returns a function that loads the prefill reports of a client when the first one is needed. */
export function lazyReports(
  options: PrefillReportsOptions,
): () => Promise<PrefillReports> {
  return memoizeAsync(async () => {
    const { PrefillReports } = await import("../prefill/prefill_reports.ts");
    return new PrefillReports(options);
  });
}
