import type { ComponentChildren, VNode } from "npm:preact@10.29.8";
import type { SampleHead, SampleTexts } from "../../../src/viewer/view_data.ts";
import { isContinuation } from "./is_continuation.ts";
import type { Loaded } from "../source/use_loaded.ts";
import { LongText } from "../text/long_text.tsx";
import { type GivenBeginning, splitPrefill } from "./split_prefill.ts";
import { ToolCalls } from "./tool_calls.tsx";

/** The properties of a sample's texts. */
export interface SampleTextProps {
  readonly head: SampleHead;
  readonly prefill: string | null;
  readonly texts: Loaded<SampleTexts>;
  /** The accessible name of the sample. */
  readonly label: string;
  /** Whether the sample is in a grid, where long texts scroll. */
  readonly within: boolean;
}

/** The reasoning and content of a sample, each after its part of the prefill. */
export function SampleText(
  { head, prefill, texts, label, within }: SampleTextProps,
): VNode {
  const { value, error } = texts;
  if (value === null) {
    return (
      <p class={`note loading${error === null ? "" : " failed"}`}>
        {error === null
          ? `${head.contentStart}…`
          : `Its texts cannot be shown: ${error.message}`}
      </p>
    );
  }
  const { reasoning, content, toolCalls } = value;
  const given = givenBeginning(head, prefill);
  const first = within ? 6_000 : 50_000;
  const thought = given.reasoning + (reasoning ?? "");
  return (
    <div class="sample-text">
      {(reasoning !== null || given.reasoning !== "") && (
        <TextBlock
          title="Reasoning"
          kind="reasoning"
          within={within ? label : undefined}
          note={head.completedReasoning ? null : "incomplete"}
        >
          <Given text={given.reasoning} />
          {thought === ""
            ? <span class="note">empty</span>
            : <LongText text={reasoning ?? ""} first={first} />}
        </TextBlock>
      )}
      <TextBlock
        title="Answer"
        kind="answer"
        within={within ? label : undefined}
        note={null}
      >
        <Given text={given.content} />
        {content === "" && given.content === ""
          ? <EmptyAnswer head={head} />
          : <LongText text={content} first={first} />}
        <ToolCalls calls={toolCalls} />
      </TextBlock>
    </div>
  );
}

/** A marked prefill. */
export function Given({ text }: { readonly text: string }): VNode | null {
  return text === "" ? null : (
    <span class="given-text" dir="auto">
      <span class="heard">Prefill:</span>
      <LongText text={text} first={1500} />
    </span>
  );
}

/** A titled text. */
export function TextBlock(
  { title, kind, within, note, children }: {
    readonly title: string;
    readonly kind: "reasoning" | "answer";
    /** The accessible name of the sample if the text scrolls in a grid. */
    readonly within?: string;
    readonly note: string | null;
    readonly children: ComponentChildren;
  },
): VNode {
  return (
    <div class={`text-block ${kind}`}>
      <h4>
        {title}
        {note !== null && <span class="chip">{note}</span>}
      </h4>
      {within === undefined ? <div class="block">{children}</div> : (
        <div
          class="block"
          role="group"
          aria-label={`${title}, ${within}`}
          tabIndex={0}
          data-scrolls
        >
          {children}
        </div>
      )}
    </div>
  );
}

/** Why there is no answer. */
export function EmptyAnswer(
  { head }: { readonly head: SampleHead },
): VNode {
  return (
    <span class="note">
      {head.completedReasoning ? "empty" : "none: the reasoning is incomplete"}
    </span>
  );
}

/** Returns the parts of a prefill that a sample continues. */
export function givenBeginning(
  head: SampleHead,
  prefill: string | null,
): GivenBeginning {
  return prefill !== null && isContinuation(head.prefill)
    ? splitPrefill(prefill)
    : { reasoning: "", content: "" };
}
