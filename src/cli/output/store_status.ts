import { type RunStatus, RunStatusFile } from "../../cache/run_status.ts";
import type { TotalProgress } from "../../client/progress_line.ts";
import { DEFAULTS } from "../../options/settings.ts";

/** The options of a run that its status depends on. */
export interface StatusOptions {
  readonly useCache?: boolean;
  readonly cacheOnly?: boolean;
  readonly cacheDir?: string | readonly string[];
  readonly maxCostUsd?: number;
}

/**
 * Stores the progress of a run in the cache directory, for viewers, until it is disposed of. A run that
 * writes no samples stores nothing.
 */
export function storeStatus(
  progress: () => TotalProgress & Pick<RunStatus, "dataSet" | "model">,
  { useCache, cacheOnly, cacheDir, maxCostUsd }: StatusOptions,
): Disposable {
  if (useCache === false || cacheOnly) return { [Symbol.dispose]: () => {} };
  const [root] = [cacheDir ?? DEFAULTS.cacheDir].flat();
  return new RunStatusFile(root!, () => {
    const { dataSet, model, ...counts } = progress();
    const { total, done, cached, failed, costUsd, elapsedMs } = counts;
    const budget = { costUsd, maxCostUsd: maxCostUsd ?? null };
    return {
      dataSet,
      model,
      total,
      done,
      cached,
      failed,
      elapsedMs,
      ...budget,
    };
  });
}
