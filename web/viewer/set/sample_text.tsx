import type { ComponentChildren, VNode } from "npm:preact@10.29.8";
import type { SampleHead, SampleTexts } from "../../../src/viewer/view_data.ts";
import { isContinuation } from "./is_continuation.ts";
import type { Loaded } from "../source/use_loaded.ts";
import { LongText } from "../text/long_text.tsx";
import { splitPrefill } from "./split_prefill.ts";
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
      <p class="note loading">
        {error === null
          ? `${head.contentStart}…`
          : `Its texts cannot be shown: ${error.message}`}
      </p>
    );
  }
  const { reasoning, content, toolCalls } = value;
  const given = prefill !== null && isContinuation(head.prefill)
    ? splitPrefill(prefill)
    : { reasoning: "", content: "" };
  const first = within ? 6_000 : 50_000;
  const thought = given.reasoning + (reasoning ?? "");
  return (
    <div class="sample-text">
      {(reasoning !== null || given.reasoning !== "") && (
        <Block
          title="Reasoning"
          kind="reasoning"
          label={label}
          within={within}
          note={head.completedReasoning ? null : "incomplete"}
        >
          <Given text={given.reasoning} />
          {thought === ""
            ? <span class="note">empty</span>
            : <LongText text={reasoning ?? ""} first={first} />}
        </Block>
      )}
      <Block
        title="Answer"
        kind="answer"
        label={label}
        within={within}
        note={null}
      >
        <Given text={given.content} />
        {content === "" && given.content === ""
          ? (
            <span class="note">
              {head.completedReasoning
                ? "empty"
                : "none: the reasoning is incomplete"}
            </span>
          )
          : <LongText text={content} first={first} />}
        <ToolCalls calls={toolCalls} />
      </Block>
    </div>
  );
}

/** A marked prefill. */
function Given({ text }: { readonly text: string }): VNode | null {
  return text === "" ? null : (
    <span class="given-text" dir="auto">
      <span class="heard">Prefill:</span>
      <LongText text={text} first={1500} />
    </span>
  );
}

function Block(
  { title, kind, label, within, note, children }: {
    readonly title: string;
    readonly kind: "reasoning" | "answer";
    readonly label: string;
    readonly within: boolean;
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
      {within
        ? (
          <div
            class="block"
            role="group"
            aria-label={`${title}, ${label}`}
            tabIndex={0}
            data-scrolls
          >
            {children}
          </div>
        )
        : <div class="block">{children}</div>}
    </div>
  );
}
