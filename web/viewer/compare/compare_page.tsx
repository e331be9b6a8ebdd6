import type { VNode } from "npm:preact@10.29.8";
import { useEffect, useMemo } from "npm:preact@10.29.8/hooks";
import type { SampleSet } from "../../../src/viewer/view_data.ts";
import { address } from "../route/route.ts";
import { useKeys } from "../route/use_keys.ts";
import { goTo } from "../route/use_route.ts";
import { sampleRows } from "../source/sample_row.ts";
import { answerRule } from "../set/answer_rule.ts";
import { PromptTitle, promptTitle } from "../set/prompt_title.tsx";
import { useAnswers } from "../set/use_answers.ts";
import { useLoaded } from "../source/use_loaded.ts";
import type { View } from "../source/view.ts";
import { CompareHead } from "./compare_head.tsx";
import { ComparePlots } from "./compare_plots.tsx";
import { SeedPairs } from "./seed_pairs.tsx";
import type { Side } from "./side.ts";

/** Two sets side by side, such as two models, or one with and without a prefill. */
export function ComparePage(
  { view, sets }: {
    readonly view: View;
    readonly sets: readonly [SampleSet, SampleSet];
  },
): VNode {
  const { source, query } = view;
  const [a, b] = sets;
  const ofA = useLoaded(() => source.samples(a.id), { key: a.id, version: a });
  const ofB = useLoaded(() => source.samples(b.id), { key: b.id, version: b });
  const byRuleA = useAnswers(view, a);
  const byRuleB = useAnswers(view, b);
  const byRule = byRuleA === null || byRuleB === null ? [] : [byRuleA, byRuleB];
  const rule = byRule.length === 0 ? null : answerRule(view, byRule);
  const [answersA, answersB] = [byRuleA, byRuleB].map((answers) =>
    rule === null ? null : answers?.[rule] ?? null
  );
  const truth = query.truth ?? answersA?.truth ?? answersB?.truth ?? null;
  const sides = useMemo((): readonly [Side, Side] | null => {
    if (ofA.value === null || ofB.value === null) return null;
    return [
      {
        letter: "A",
        color: "side-a",
        set: a,
        samples: ofA.value,
        rows: sampleRows(ofA.value, answersA ?? null, truth),
      },
      {
        letter: "B",
        color: "side-b",
        set: b,
        samples: ofB.value,
        rows: sampleRows(ofB.value, answersB ?? null, truth),
      },
    ];
  }, [ofA.value, ofB.value, answersA, answersB, truth]);
  useEffect(() => {
    document.title = `${promptTitle(a, 60)} – ${a.model}, ${b.model}`;
  }, [a, b]);
  useKeys({ Escape: () => goTo([]) });
  const error = ofA.error ?? ofB.error;

  return (
    <div class="page compare-page">
      <p class="eyebrow">Comparison</p>
      {promptTitle(a) === promptTitle(b)
        ? <PromptTitle set={a} />
        : <h1 tabIndex={-1}>Two prompts</h1>}
      <p class="note">
        <a href={address(["compare", b.id, a.id], query)}>
          Exchange A and B
        </a>
      </p>
      {sides === null
        ? (
          <p class="empty" role="status">
            {error === null
              ? "Loading both sets…"
              : `A set cannot be shown: ${error.message}`}
          </p>
        )
        : (
          <>
            <CompareHead sides={sides} />
            <ComparePlots
              view={view}
              sides={sides}
              truth={truth}
              rule={rule}
              byRule={byRule}
            />
            <SeedPairs view={view} sides={sides} truth={truth} />
          </>
        )}
    </div>
  );
}
