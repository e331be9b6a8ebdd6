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
      {view?.reading && view.reading.done >= view.reading.total && (
        <p class="notice">Adding up the last samples…</p>
      )}
      {view?.reading && view.reading.done < view.reading.total && (
        <div class="notice">
          <p>
            {whole(view.reading.done)} of {whole(view.reading.total)}{" "}
            samples read{timeLeft(view.reading.secondsLeft)}. The numbers below
            are not complete yet, and a search finds only what has been read.
          </p>
          <progress
            aria-label="Samples read"
            value={view.reading.done}
            max={view.reading.total}
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
