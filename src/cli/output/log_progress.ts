import {
  progressText,
  type TotalProgress,
} from "../../client/progress_line.ts";
import type { Clock } from "../../util/clock.ts";
import { LightAbortController } from "../../util/light_abort_controller.ts";

/** How often the progress is logged, in milliseconds. */
const EVERY_MS = 60_000;

/** Logs the progress of a run every minute, until it is disposed of. */
export function logProgress(
  progress: () => TotalProgress,
  { clock, log }: {
    readonly clock: Clock;
    readonly log: (line: string) => void;
  },
): Disposable {
  const ended = new LightAbortController();
  const run = async () => {
    for (;;) {
      await clock.sleep(EVERY_MS, ended);
      log(progressText(progress()));
    }
  };
  run().catch((error) => {
    if (!ended.aborted) throw error;
  });
  return { [Symbol.dispose]: () => ended.abort(null) };
}
