import type { VNode } from "npm:preact@10.29.8";
import type { SampleSet, SetSamples } from "../../../src/viewer/view_data.ts";
import { Details } from "../parts/details.tsx";
import { Facts } from "../parts/facts.tsx";
import { PrefillStart } from "../parts/prefill_start.tsx";
import { NARROW, useMedia } from "../parts/use_media.ts";
import { parameterText } from "../sets/differing_parameters.ts";
import { moment, totalCost, totalOutput, whole } from "../text/numbers.ts";
import { PromptTitle } from "./prompt_title.tsx";
import { PromptView } from "./prompt_view.tsx";
import { SetCallView } from "./set_call.tsx";

/** The prompt of a set as its title, with the model, the parameters and the totals. */
export function SetHead(
  { set, samples, cacheDirs }: {
    readonly set: SampleSet;
    readonly samples: SetSamples;
    readonly cacheDirs: readonly string[];
  },
): VNode {
  const { summary } = set;
  const notRead = summary.files - summary.samples - summary.unusable;
  const narrow = useMedia(NARROW);
  const source = (
    <>
      <SetCallView samples={samples} cacheDirs={cacheDirs} />
      <p class="note path" title={set.path}>
        <bdi>{set.path}</bdi>
      </p>
    </>
  );
  const prefills = Object.entries(summary.prefills);
  return (
    <header class="set-head">
      <div>
        <p class="eyebrow">Set</p>
        <PromptTitle set={set} />
        <PrefillStart prefillStart={set.prefillStart} />
        <p class="model-name">
          <bdi>{set.model}</bdi>
        </p>
        <Details
          summary={`Whole prompt${narrow ? ", call, and path" : ""}`}
          kind="whole-prompt"
        >
          <PromptView prompt={samples.prompt} prefill={samples.prefill} />
          {narrow && source}
        </Details>
        {!narrow && source}
      </div>
      <Facts
        facts={[
          ["Samples", whole(summary.samples)],
          ...notRead > 0 ? [["Not read yet", whole(notRead)] as const] : [],
          ...summary.unusable > 0
            ? [["Unusable", whole(summary.unusable)] as const]
            : [],
          ["Output tokens", totalOutput(summary)],
          ["Cost", totalCost(summary)],
          [
            "Last sample",
            summary.newest === null ? "–" : moment(summary.newest),
          ],
          ...prefills.length === 0 ? [] : [
            [
              "Prefill",
              prefills.map(([name, count]) => `${name} ${whole(count)}`)
                .join(", "),
            ] as const,
          ],
          ...Object.entries(set.parameters).map(([name, value]) =>
            [name, parameterText(value, 400)] as const
          ),
        ]}
      />
    </header>
  );
}
