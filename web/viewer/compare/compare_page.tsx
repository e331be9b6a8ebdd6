import type { VNode } from "npm:preact@10.29.8";
import { useEffect, useMemo } from "npm:preact@10.29.8/hooks";
import type { SampleSet } from "../../../src/viewer/view_data.ts";
import { askedText } from "../../../src/viewer/prompt_text.ts";
import { address } from "../route/route.ts";
import { useKeys } from "../route/use_keys.ts";
import { goToList } from "../route/use_route.ts";
import { answerRule } from "../set/answer_rule.ts";
import { PromptTitle, promptTitle } from "../set/prompt_title.tsx";
import { RuleChoice } from "../set/rule_choice.tsx";
import { useAnswers } from "../set/use_answers.ts";
import { areSame } from "../sets/set_labels.ts";
import { sampleRows } from "../source/sample_row.ts";
import { useLoaded } from "../source/use_loaded.ts";
import type { View } from "../source/view.ts";
import { whole } from "../text/numbers.ts";
import { CompareHead } from "./compare_head.tsx";
import { ComparePlots } from "./compare_plots.tsx";
import { Measures } from "./measures.tsx";
import { SeedPairs } from "./seed_pairs.tsx";
import { type Side, sideLetter } from "./side.ts";
import { WholePrompts } from "./whole_prompts.tsx";

/** Sets in comparison, such as several models, or one with and without a prefill; two of them also side by side. */
export function ComparePage(
  { view, sets }: {
    readonly view: View;
    readonly sets: readonly SampleSet[];
  },
): VNode {
  const { source, query } = view;
  const loaded = useLoaded(
    () => Promise.all(sets.map(({ id }) => source.samples(id))),
    {
      key: sets.map(({ id }) => id).join(" "),
      version: useMemo(() => ({}), sets),
    },
  );
  const byRule = useAnswers(view, sets);
  const rule = byRule === null ? null : answerRule(view, byRule);
  const sides = useMemo((): readonly Side[] | null => {
    if (loaded.value === null) return null;
    const answers = sets.map((_, place) =>
      rule === null ? null : byRule?.[place]?.[rule] ?? null
    );
    const asked = loaded.value.map(({ prompt, prefill }) =>
      askedText(prompt, prefill)
    );
    // What is right does not depend on the prefill, with which a prompt may have no label.
    const truthOf = (place: number) =>
      answers.find((own, other) =>
        asked[other] === asked[place] && own?.truth != null
      )?.truth;
    return sets.map((set, place) => {
      const samples = loaded.value![place]!;
      const own = answers[place] ?? null;
      const truth = query.truth ?? own?.truth ?? truthOf(place) ?? null;
      return {
        letter: sideLetter(place),
        color: `side-${sideLetter(place).toLowerCase()}`,
        set,
        samples,
        truth,
        rows: sampleRows(samples, own, truth),
      };
    });
  }, [loaded.value, byRule, rule, query.truth]);
  const [first] = sets;
  const prompts = new Set(sets.map(({ promptStart }) => promptStart)).size;
  const differing = [
    ["system messages", sets.map(({ systemStart }) => systemStart)] as const,
    ["prefills", sets.map(({ prefillStart }) => prefillStart)] as const,
  ].filter(([, starts]) => !areSame(starts)).map(([name]) => name);
  useEffect(() => {
    const models = [...new Set(sets.map(({ model }) => model))].join(", ");
    document.title = `${promptTitle(first!, 60)} – ${models}`;
  }, [sets]);
  useKeys({ Escape: goToList });

  return (
    <div class="page compare-page">
      <p class="eyebrow">Comparison</p>
      {prompts === 1 ? <PromptTitle set={first!} /> : (
        <h1 tabIndex={-1}>
          {whole(sets.length)} sets, {whole(prompts)} prompts
        </h1>
      )}
      {differing.length > 0 && (
        <p class="note">The {differing.join(" and ")} differ.</p>
      )}
      {sets.length === 2 && (
        <p class="note exchange">
          <a
            href={address(
              ["compare", ...sets.map(({ id }) => id).reverse()],
              query,
            )}
          >
            Swap A and B
          </a>
        </p>
      )}
      {sides === null
        ? (
          <p class="empty" role="status">
            {loaded.error === null
              ? "Loading the sets…"
              : `A set cannot be shown: ${loaded.error.message}`}
          </p>
        )
        : (
          <>
            {isTwo(sides)
              ? <CompareHead sides={sides} />
              : <WholePrompts sides={sides} />}
            <div class="filters">
              <RuleChoice view={view} rule={rule} sets={byRule ?? []} />
              {rule !== null && sides.every(({ truth }) => truth === null) &&
                <p class="note">The right answer is not known.</p>}
            </div>
            <Measures view={view} sides={sides} />
            {isTwo(sides) && (
              <>
                <ComparePlots sides={sides} hasAnswers={rule !== null} />
                <SeedPairs view={view} sides={sides} />
              </>
            )}
          </>
        )}
    </div>
  );
}

function isTwo(sides: readonly Side[]): sides is readonly [Side, Side] {
  return sides.length === 2;
}
