import type { VNode } from "npm:preact@10.29.8";
import { useEffect, useLayoutEffect, useMemo } from "npm:preact@10.29.8/hooks";
import type { SampleSet } from "../../../src/viewer/view_data.ts";
import { sampleRows } from "../source/sample_row.ts";
import { useLoaded } from "../source/use_loaded.ts";
import type { View } from "../source/view.ts";
import { Differences } from "./differences.tsx";
import { PromptTitle, promptTitle } from "./prompt_title.tsx";
import { SamplePage } from "./sample_page.tsx";
import { SamplesSection } from "./samples_section.tsx";
import { SetHead } from "./set_head.tsx";
import { answerRule } from "./answer_rule.ts";
import { useAnswers } from "./use_answers.ts";

/** The page of a set: its prompt and samples, or one sample, or the differences of two. */
export function SetPage(
  { view, set, name }: {
    readonly view: View;
    readonly set: SampleSet;
    /** The name of the sample in the address. */
    readonly name: string | null;
  },
): VNode {
  const { source, query } = view;
  const loaded = useLoaded(() => source.samples(set.id), {
    key: set.id,
    version: set,
  });
  const byRule = useAnswers(view, [set])?.[0] ?? null;
  const rule = byRule === null ? null : answerRule(view, [byRule]);
  const answers = rule === null ? null : byRule?.[rule] ?? null;
  const truth = query.truth ?? answers?.truth ?? null;
  const samples = loaded.value;
  const rows = useMemo(
    () => samples === null ? [] : sampleRows(samples, answers, truth),
    [samples, answers, truth],
  );
  const seed = rows.find(({ head }) => head.name === name)?.head.seed;
  useEffect(() => {
    const title = `${promptTitle(set, 60)} – ${set.model}`;
    document.title = seed === undefined ? title : `Seed ${seed} – ${title}`;
  }, [set.model, set.promptStart, seed]);
  const isLoaded = samples !== null;
  const hadFocus = document.activeElement?.tagName === "H1";
  useLayoutEffect(() => {
    // The title of the loaded page is another element.
    const title = document.querySelector<HTMLElement>("main h1");
    if (hadFocus) title?.focus({ preventScroll: true });
  }, [isLoaded]);

  if (samples === null) {
    return (
      <div class="page">
        <PromptTitle set={set} />
        <p class="empty" role="status">
          {loaded.error === null
            ? "Loading its samples…"
            : `Its samples cannot be shown: ${loaded.error.message}`}
        </p>
      </div>
    );
  }
  const shared = { view, set, samples, rows, truth };
  const [one, two] = (query.diff ?? "").split(" ");
  const usable = (name?: string) =>
    rows.find(({ head }) => head.name === name && head.problem === null);
  const [first, second] = [usable(one), usable(two)];
  if (name !== null) return <SamplePage {...shared} name={name} />;
  if (first !== undefined && second !== undefined) {
    return <Differences {...shared} pair={[first, second]} />;
  }
  return (
    <div class="page set-page">
      <SetHead set={set} samples={samples} cacheDirs={view.cacheDirs} />
      <SamplesSection
        {...shared}
        byRule={byRule}
        rule={rule}
        truth={truth}
      />
    </div>
  );
}
