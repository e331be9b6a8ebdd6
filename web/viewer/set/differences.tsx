import type { VNode } from "npm:preact@10.29.8";
import { useMemo } from "npm:preact@10.29.8/hooks";
import type { SampleTexts } from "../../../src/viewer/view_data.ts";
import { stepKeys, Steps } from "../parts/steps.tsx";
import { address } from "../route/route.ts";
import { useKeys } from "../route/use_keys.ts";
import { useLoaded } from "../source/use_loaded.ts";
import { commonStart } from "../text/common_start.ts";
import { difference } from "../text/difference.ts";
import { LongText } from "../text/long_text.tsx";
import { whole } from "../text/numbers.ts";
import type { Piece } from "../text/readable_pieces.ts";
import { answerColors, answerCounts } from "./answer_counts.ts";
import { PromptTitle } from "./prompt_title.tsx";
import { SampleAbout } from "./sample_about.tsx";
import type { SampleRow } from "../source/sample_row.ts";
import type { SetParts } from "./samples_section.tsx";

/** Two samples side by side, with their differences marked. */
export function Differences(
  { view, set, samples, rows, truth, pair }: SetParts & {
    readonly pair: readonly [SampleRow, SampleRow];
  },
): VNode {
  const { source, query } = view;
  const names = pair.map(({ head }) => head.name);
  const texts = useLoaded(
    () => Promise.all(names.map((name) => source.sample(set.id, name))),
    { key: names.join("/") },
  );
  const back = address(["set", set.id], { ...query, diff: "" });
  const others = rows.filter(({ head }) =>
    head.name !== names[0] && head.problem === null
  );
  const at = others.findIndex(({ head }) => head.name === names[1]);
  const neighbor = (by: number) => {
    const to = others[at + by]?.head.name;
    return to === undefined
      ? null
      : address(["set", set.id], { ...query, diff: `${names[0]} ${to}` });
  };
  useKeys({
    Escape: () => void (location.hash = back),
    ...stepKeys(neighbor),
  });
  const color = answerColors(answerCounts(rows), truth);
  return (
    <div class="page differences">
      <header class="sample-head">
        <div>
          <p class="eyebrow">
            <bdi>{set.model}</bdi>
          </p>
          <PromptTitle set={set}>
            Differences between seed {pair[0].head.seed} and seed{" "}
            {pair[1].head.seed}
          </PromptTitle>
        </div>
        <Steps
          label="Second sample"
          previous={neighbor(-1)}
          next={neighbor(1)}
        >
          second sample: {whole(at + 1)} of {whole(others.length)}
        </Steps>
      </header>
      <p class="note">
        <del>Struck out</del> text is only in the first, <ins>underlined</ins>
        {" "}
        text only in the second.{" "}
        {samples.prefill !== null && "The prefill is not shown. "}
        <span class="key-note">
          <kbd>j</kbd> <kbd>k</kbd> change the second, <kbd>Esc</kbd> goes back.
        </span>{" "}
        <a href={back}>Back to the samples</a>
      </p>
      <div class="pair">
        {pair.map((row) => (
          <div key={row.head.name} class="card-head">
            <h2>
              <a href={address(["set", set.id, row.head.name])}>
                Seed {row.head.seed}
              </a>
            </h2>
            <SampleAbout row={row} color={color(row.answer)} />
          </div>
        ))}
      </div>
      {texts.value === null
        ? (
          <p class="empty" role="status">
            {texts.error?.message ?? "Loading both texts…"}
          </p>
        )
        : (
          <Both
            texts={texts.value}
            seeds={pair.map(({ head }) => head.seed)}
          />
        )}
    </div>
  );
}

function Both(
  { texts, seeds }: {
    readonly texts: readonly SampleTexts[];
    readonly seeds: readonly number[];
  },
): VNode {
  const [a, b] = texts as [SampleTexts, SampleTexts];
  return (
    <>
      {(a.reasoning !== null || b.reasoning !== null) && (
        <Pair
          title="Reasoning"
          kind="reasoning"
          texts={[a.reasoning ?? "", b.reasoning ?? ""]}
          seeds={seeds}
        />
      )}
      <Pair
        title="Answer"
        kind="answer"
        texts={[a.content, b.content]}
        seeds={seeds}
      />
    </>
  );
}

function Pair(
  { title, kind, texts, seeds }: {
    readonly title: string;
    readonly kind: string;
    readonly texts: readonly [string, string];
    readonly seeds: readonly number[];
  },
): VNode {
  const [a, b] = withoutCommonSpace(texts);
  const { pieces, by } = useMemo(() => difference(a, b), [a, b]);
  const same = commonStart(a, b);
  return (
    <section aria-label={title}>
      <h2 class="pair-title">
        {title}
        <span class="note">
          {a === b
            ? "the same"
            : pieces === null
            ? "too long to be compared"
            : (same === 0
              ? "different from the beginning"
              : same === 1
              ? "the first character is the same"
              : `the first ${whole(same)} characters are the same`) +
              (by === "lines" ? "; compared by lines" : "")}
        </span>
      </h2>
      <div class="pair">
        {(["removed", "added"] as const).map((own, side) => (
          <div key={own} class={`text-block ${kind}`}>
            <p class="pair-seed note">Seed {seeds[side]}</p>
            <div class="block" dir="auto">
              {pieces === null
                ? <LongText text={own === "removed" ? a : b} />
                : <Pieces pieces={pieces} own={own} />}
            </div>
          </div>
        ))}
      </div>
    </section>
  );
}

function Pieces(
  { pieces, own }: {
    readonly pieces: readonly Piece[];
    readonly own: "removed" | "added";
  },
): VNode {
  const Mark = own === "removed" ? "del" : "ins";
  return (
    <span class="text" dir="auto">
      {pieces.map(({ text, kind }, place) =>
        kind === "same"
          ? <span key={place}>{text}</span>
          : kind === own
          ? <Mark key={place}>{text}</Mark>
          : null
      )}
    </span>
  );
}

/** Removes the white space with which both texts begin. */
function withoutCommonSpace(
  [a, b]: readonly [string, string],
): readonly [string, string] {
  const space = /^\s*/.exec(a.slice(0, commonStart(a, b)))![0].length;
  return [a.slice(space), b.slice(space)];
}
