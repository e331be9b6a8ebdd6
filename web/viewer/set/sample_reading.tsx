import type { VNode } from "npm:preact@10.29.8";
import { useEffect, useMemo, useState } from "npm:preact@10.29.8/hooks";
import type { SampleHead, SampleTexts } from "../../../src/viewer/view_data.ts";
import { Switch } from "../parts/switch.tsx";
import { matches } from "../reading/matches.ts";
import { ReadableText } from "../reading/readable_text.tsx";
import { Thought } from "../reading/thought.tsx";
import type { Query } from "../route/route.ts";
import { useKeys } from "../route/use_keys.ts";
import { choose } from "../route/use_route.ts";
import type { Loaded } from "../source/use_loaded.ts";
import { counted, whole } from "../text/numbers.ts";
import {
  EmptyAnswer,
  givenBeginning,
  SampleText,
  TextBlock,
} from "./sample_text.tsx";
import { ShadedSample } from "./shaded_sample.tsx";
import { ToolCalls } from "./tool_calls.tsx";

/** Longer texts are shown as plain text: a browser would take seconds to lay out their sentences. */
const LONGEST = 1_000_000;

/** The texts of a sample's page. */
export interface SampleReadingProps {
  readonly head: SampleHead;
  readonly prefill: string | null;
  readonly texts: Loaded<SampleTexts>;
  readonly query: Query;
}

/** The texts of a sample to be read: with sentences, formulas, code and the matches of a search, or as plain text. */
export function SampleReading(
  { head, prefill, texts, query }: SampleReadingProps,
): VNode {
  const { value } = texts;
  const length = (value?.reasoning?.length ?? 0) + (value?.content.length ?? 0);
  const isPlain = query.text === "plain" || length > LONGEST;
  const logprobs = isPlain || query.text !== "shaded"
    ? null
    : value?.logprobs ?? null;
  const isFormatted = !isPlain && value !== null && logprobs === null;
  return (
    <>
      <div class="filters reading-tools">
        {length > LONGEST
          ? (
            <p class="note">
              Its {whole(length)} characters are shown as plain text.
            </p>
          )
          : (
            <Switch
              legend="Text"
              name="text"
              value={isPlain ? "plain" : logprobs === null ? "" : "shaded"}
              choices={[
                ["", "Formatted"],
                ["plain", "Plain"],
                ...value?.hasLogprobs
                  ? [["shaded", "Shade tokens by surprise"] as const]
                  : [],
              ]}
            />
          )}
      </div>
      {query.q && value !== null && !isFormatted && (
        <p class="note" role="status">
          {length > LONGEST
            ? "Matches are not marked in a text of this length."
            : (
              <>
                Matches are marked only in the formatted text.{" "}
                <button
                  type="button"
                  class="quiet"
                  onClick={() => choose({ text: "" })}
                >
                  Show it
                </button>
              </>
            )}
        </p>
      )}
      {isPlain || value === null
        ? (
          <SampleText
            head={head}
            prefill={prefill}
            texts={texts}
            label={`seed ${head.seed}`}
            within={false}
          />
        )
        : logprobs !== null
        ? (
          <ShadedSample
            head={head}
            prefill={prefill}
            texts={value}
            logprobs={logprobs}
          />
        )
        : (
          <Readable
            head={head}
            prefill={prefill}
            texts={value}
            asked={query.q ?? ""}
          />
        )}
    </>
  );
}

function Readable(
  { head, prefill, texts, asked }: {
    readonly head: SampleHead;
    readonly prefill: string | null;
    readonly texts: SampleTexts;
    readonly asked: string;
  },
): VNode {
  const { reasoning, toolCalls } = texts;
  const given = givenBeginning(head, prefill);
  const thought = given.reasoning + (reasoning ?? "");
  const content = given.content + texts.content;
  const inThought = useMemo(() => matches(thought, asked), [thought, asked]);
  const inContent = useMemo(() => matches(content, asked), [content, asked]);
  const [hit, setHit] = useState(-1);
  useEffect(() => setHit(-1), [asked]);
  useEffect(() => {
    document.querySelector(".current-hit")?.scrollIntoView({ block: "center" });
  }, [hit]);
  return (
    <div class="sample-text">
      {asked !== "" && (
        <Hits
          count={inThought.length + inContent.length}
          at={hit}
          onGo={setHit}
        />
      )}
      {(reasoning !== null || given.reasoning !== "") && (
        <TextBlock
          title="Reasoning"
          kind="reasoning"
          note={head.completedReasoning ? null : "incomplete"}
        >
          {thought === "" ? <span class="note">empty</span> : (
            <Thought
              thought={thought}
              given={given.reasoning.length}
              hits={inThought}
              currentHit={hit}
            />
          )}
        </TextBlock>
      )}
      <TextBlock title="Answer" kind="answer" note={null}>
        {content === ""
          ? <EmptyAnswer head={head} />
          : (
            <div class="text" dir="auto">
              <ReadableText
                text={content}
                hits={inContent}
                firstHit={inThought.length}
                currentHit={hit}
                given={given.content.length}
              />
            </div>
          )}
        <ToolCalls calls={toolCalls} />
      </TextBlock>
    </div>
  );
}

/** How many matches the sample has, and buttons that go from one to the next. */
function Hits(
  { count, at, onGo }: {
    readonly count: number;
    /** The number of the current match, or -1. */
    readonly at: number;
    readonly onGo: (hit: number) => void;
  },
): VNode {
  const go = (by: number) => () =>
    onGo(at < 0 ? (by > 0 ? 0 : count - 1) : (at + by + count) % count);
  useKeys(count === 0 ? {} : { n: go(1), p: go(-1) });
  return (
    <p class="sample-hits">
      <span role="status">
        {at < 0
          ? counted(count, "match", "matches")
          : `${whole(at + 1)} of ${counted(count, "match", "matches")}`}
      </span>
      {count > 0 && (
        <>
          <button type="button" aria-keyshortcuts="p" onClick={go(-1)}>
            Previous match
          </button>
          <button type="button" aria-keyshortcuts="n" onClick={go(1)}>
            Next match
          </button>
        </>
      )}
    </p>
  );
}
