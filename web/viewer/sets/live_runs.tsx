import type { VNode } from "npm:preact@10.29.8";
import type { LiveRun, LiveState } from "../../../src/viewer/view_data.ts";
import { Facts } from "../parts/facts.tsx";
import { dollars, roughDuration, whole } from "../text/numbers.ts";

/** The sampling in progress: requests in flight, speed, and the runs with their estimated ends. */
export function LiveRuns({ live }: { readonly live: LiveState }): VNode {
  const { processes, inFlight, lastMinute, runs } = live;
  return (
    <section class="live" aria-labelledby="live-title" aria-live="off">
      <h2 id="live-title">In progress</h2>
      <Facts
        facts={[
          ["Sampling processes", whole(processes)],
          [
            "Requests in flight",
            inFlight === null ? "unknown" : whole(inFlight),
          ],
          ...lastMinute === null ? [] : [
            ["Samples, last minute", whole(lastMinute.samples)] as const,
            ["Cost, last minute", dollars(lastMinute.costUsd)] as const,
          ],
        ]}
      />
      {runs.map((run) => <Run key={run.id} run={run} />)}
    </section>
  );
}

function Run({ run }: { readonly run: LiveRun }): VNode {
  const { dataSet, model } = run;
  const { total, done, cached, failed, costUsd, maxCostUsd, secondsLeft } = run;
  return (
    <div class="live-run">
      <h3>
        <bdi>{dataSet ?? "Prompts from stdin"}</bdi>{" "}
        {model !== null && (
          <span class="note">
            <bdi>{model}</bdi>
          </span>
        )}
      </h3>
      {total !== null && (
        <progress
          aria-label={`Finished samples of ${dataSet ?? "the run"}`}
          value={Math.min(done + failed, total)}
          max={total}
        />
      )}
      <Facts
        facts={[
          [
            "Samples done",
            total === null ? whole(done) : `${whole(done)} of ${whole(total)}`,
          ],
          ["From the cache", whole(cached)],
          ...failed > 0 ? [["Failed", whole(failed)] as const] : [],
          maxCostUsd === null ? ["Spent", dollars(costUsd)] : [
            "Spent of limit",
            `${dollars(costUsd)} of ${dollars(maxCostUsd)}`,
          ],
          [
            "Time left",
            secondsLeft === null
              ? "unknown"
              : `about ${roughDuration(secondsLeft)}`,
          ],
        ]}
      />
    </div>
  );
}
