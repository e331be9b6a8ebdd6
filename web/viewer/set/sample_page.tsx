import type { VNode } from "npm:preact@10.29.8";
import { useMemo } from "npm:preact@10.29.8/hooks";
import type { SampleTexts } from "../../../src/viewer/view_data.ts";
import { CopyButtons } from "../parts/copy_buttons.tsx";
import { Facts } from "../parts/facts.tsx";
import { stepKeys, Steps } from "../parts/steps.tsx";
import { address } from "../route/route.ts";
import { useKeys } from "../route/use_keys.ts";
import { goTo } from "../route/use_route.ts";
import { useLoaded } from "../source/use_loaded.ts";
import { dollars, duration, whole, zonedMoment } from "../text/numbers.ts";
import { shortened } from "../text/shortened.ts";
import { answerColors, answerCounts } from "./answer_counts.ts";
import { filterSamples, sampleFilter } from "./filter_samples.ts";
import { PromptTitle } from "./prompt_title.tsx";
import { PromptView } from "./prompt_view.tsx";
import { SampleAbout } from "./sample_about.tsx";
import { SampleReading } from "./sample_reading.tsx";
import type { SetParts } from "./samples_section.tsx";
import { sampleOrder, sortSamples } from "./sort_samples.ts";

/** How many characters of the right answer are shown. */
const ANSWER = 400;

/** A whole sample, with links to its neighbors. */
export function SamplePage(
  { view, set, samples, rows, truth, name }: SetParts & {
    readonly name: string;
  },
): VNode {
  const { source, query } = view;
  const order = useMemo(
    () =>
      sortSamples(
        filterSamples(rows, sampleFilter(query)),
        sampleOrder(query.sort),
      ),
    [rows, query],
  );
  const row = rows.find(({ head }) => head.name === name);
  const at = order.findIndex(({ head }) => head.name === name);
  const withLogprobs = query.text === "shaded";
  const texts = useLoaded(
    row?.head.problem === null
      ? () => source.sample(set.id, name, { withLogprobs })
      : null,
    { key: `${set.id}/${name}`, version: withLogprobs },
  );
  const other = (by: number) => order[at + by]?.head.name;
  const neighbor = (by: number) => {
    const to = other(by);
    return to === undefined ? null : address(["set", set.id, to], query);
  };
  const back = address(["set", set.id], query);
  useKeys({
    ...stepKeys(neighbor),
    Escape: () => void (location.hash = back),
    d: () => {
      const to = other(1) ?? other(-1);
      if (to === undefined) return;
      goTo(["set", set.id], { ...query, diff: `${name} ${to}` });
    },
  });
  if (row === undefined) {
    return (
      <div class="page empty">
        <h1 tabIndex={-1}>Sample not found</h1>
        <p>
          The set has no file <bdi>{name}</bdi>.{" "}
          <a href={back}>Back to its samples</a>
        </p>
      </div>
    );
  }
  const color = answerColors(answerCounts(rows), truth)(row.answer);
  const { head } = row;
  // With several directories, it is not known which one has the file.
  const [cacheDir, ...others] = view.cacheDirs;
  const path = `${set.path}/${head.name}`;
  const file = <code>{others.length === 0 ? `${cacheDir}/${path}` : path}
  </code>;
  return (
    <div class="page sample-page">
      <header class="sample-head">
        <div>
          <p class="eyebrow">
            <bdi>{set.model}</bdi>
          </p>
          <PromptTitle set={set}>Seed {head.seed}</PromptTitle>
          <SampleAbout row={row} color={color} />
        </div>
        <Steps label="Samples" previous={neighbor(-1)} next={neighbor(1)}>
          {at < 0
            ? "not in the list"
            : `${whole(at + 1)} of ${whole(order.length)}`}
        </Steps>
      </header>
      <div class="sample-columns">
        <div class="sample-main">
          {head.problem === null
            ? (
              <SampleReading
                key={head.name}
                head={head}
                prefill={samples.prefill}
                texts={texts}
                query={query}
              />
            )
            : (
              <p class="problem">
                <b>This file cannot be used.</b> <bdi>{head.problem}</bdi>
              </p>
            )}
        </div>
        <aside aria-label="About the sample">
          <PromptView prompt={samples.prompt} prefill={samples.prefill} />
          {texts.value !== null && (
            <CopyButtons
              texts={copied(texts.value)}
            />
          )}
          <Facts
            facts={head.problem !== null ? [["File", file]] : [
              ...truth === null
                ? []
                : [["Right answer", shortened(truth, ANSWER)] as const],
              ["Model", head.model],
              ["Provider", head.provider ?? "unknown"],
              [
                "Finish reason",
                (head.finishReason ?? "none") +
                (head.truncated && head.finishReason !== "length"
                  ? " (truncated)"
                  : ""),
              ],
              ...head.refusal === null
                ? []
                : [["Refusal", head.refusal] as const],
              ...head.prefill === null
                ? []
                : [["Prefill", head.prefill] as const],
              ["Prompt tokens", tokens(head.promptTokens)],
              ["Output tokens", tokens(head.completionTokens)],
              ["Reasoning tokens", tokens(head.reasoningTokens)],
              [
                "Cost",
                head.costUsd === null ? "unknown" : dollars(head.costUsd),
              ],
              [
                "Latency",
                head.latencyMs === null ? "unknown" : duration(head.latencyMs),
              ],
              [
                "Created",
                head.created === 0 ? "unknown" : zonedMoment(head.created),
              ],
              [
                "Attempts",
                head.attempts === null ? "unknown" : whole(head.attempts),
              ],
              ...texts.value === null ? [] : [
                [
                  "Quantization",
                  texts.value.quantization ?? "unknown",
                ] as const,
                [
                  "Response ID",
                  texts.value.responseId === ""
                    ? "unknown"
                    : <code key="id">{texts.value.responseId}</code>,
                ] as const,
                ["File", <code key="file">{texts.value.path}</code>] as const,
              ],
            ]}
          />
        </aside>
      </div>
    </div>
  );
}

function copied(
  { reasoning, content }: SampleTexts,
): [string, () => string][] {
  const texts = { reasoning: reasoning ?? "", answer: content };
  return Object.entries(texts).filter(([, text]) => text !== "")
    .map(([name, text]) => [name, () => text]);
}

function tokens(count: number | null): string {
  return count === null ? "unknown" : whole(count);
}
