import type { VNode } from "npm:preact@10.29.8";
import type { LiveSets } from "../source/live_sets.ts";
import { ServerGoneError } from "../source/http_source.ts";
import { roughDuration, whole } from "../text/numbers.ts";
import type { View } from "../source/view.ts";

/** The notices on all pages: reading progress, an unreachable server, a partial export. */
export function Notices(
  { state, view }: { readonly state: LiveSets; readonly view: View | null },
): VNode {
  const { error, head } = state;
  const reading = view?.reading ?? null;
  const isReadingDone = reading !== null && reading.done >= reading.total;
  return (
    <div class="notices" role="status">
      {error !== null && (
        <div class="notice bad">
          {error instanceof ServerGoneError
            ? (
              <p>
                <b>The server has stopped.</b> Start <code>rollouts view</code>
                {" "}
                again to{" "}
                {head === null ? "show the samples." : "see new samples."}
              </p>
            )
            : (
              <p>
                <b>Cannot show the samples.</b> {error.message}
              </p>
            )}
        </div>
      )}
      {error === null && view === null && <p class="notice">Loading…</p>}
      {isReadingDone && <p class="notice">Adding up the last samples…</p>}
      {reading !== null && !isReadingDone && (
        <div class="notice">
          <p>
            {whole(reading.done)} of {whole(reading.total)}{" "}
            samples read{timeLeft(reading.secondsLeft)}. The numbers below are
            not complete yet, and a search finds only what has been read.
          </p>
          <progress
            aria-label="Samples read"
            value={reading.done}
            max={reading.total}
          />
        </div>
      )}
      {view?.leftOut && <p class="notice">{view.leftOut}</p>}
    </div>
  );
}

function timeLeft(seconds: number | null): string {
  return seconds === null ? "" : `, about ${roughDuration(seconds)} left`;
}
