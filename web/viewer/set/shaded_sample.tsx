import type { VNode } from "npm:preact@10.29.8";
import { useState } from "npm:preact@10.29.8/hooks";
import type {
  Logprobs,
  TokenLogprob,
  TopLogprob,
} from "../../../src/logprobs.ts";
import type { SampleHead, SampleTexts } from "../../../src/viewer/view_data.ts";
import { type ShadedToken, SHADES } from "../reading/shaded_chunks.ts";
import { ShadedText } from "../reading/shaded_text.tsx";
import { percent } from "../text/numbers.ts";
import { shortened } from "../text/shortened.ts";
import {
  EmptyAnswer,
  Given,
  givenBeginning,
  TextBlock,
} from "./sample_text.tsx";
import { ToolCalls } from "./tool_calls.tsx";

/** The texts of a sample, whose tokens are shaded by their surprise. */
export function ShadedSample(
  { head, prefill, texts, logprobs }: {
    readonly head: SampleHead;
    readonly prefill: string | null;
    readonly texts: SampleTexts;
    readonly logprobs: Logprobs;
  },
): VNode {
  const [shown, setShown] = useState<ShadedToken | null>(null);
  const { reasoning, content, toolCalls } = texts;
  const given = givenBeginning(head, prefill);
  const shaded = (
    label: string,
    text: string,
    tokens: readonly TokenLogprob[] | null,
  ) => (
    <ShadedText
      label={label}
      text={text}
      tokens={tokens ?? NONE}
      onShow={setShown}
    />
  );
  return (
    <div class="sample-text">
      <p class="shades">
        <span>Surprise (−ln of the probability), in nats:</span>
        {SHADES.map((surprise, place) => (
          <span key={surprise} class={`token shade-${place + 1}`}>
            ≥ {surprise} (p ≤ {percent(Math.exp(-surprise))})
          </span>
        ))}
        <span class="shade-unknown">unknown</span>
      </p>
      {(reasoning !== null || given.reasoning !== "") && (
        <TextBlock
          title="Reasoning"
          kind="reasoning"
          note={head.completedReasoning ? null : "incomplete"}
        >
          <Given text={given.reasoning} />
          {shaded(
            "Tokens of the reasoning",
            reasoning ?? "",
            logprobs.reasoning,
          )}
        </TextBlock>
      )}
      <TextBlock title="Answer" kind="answer" note={null}>
        <Given text={given.content} />
        {content === "" && given.content === ""
          ? <EmptyAnswer head={head} />
          : shaded("Tokens of the answer", content, logprobs.content)}
        <ToolCalls calls={toolCalls} />
      </TextBlock>
      <p class="token-about" role="status">
        {shown === null
          ? "Point at a token, or go to it with Tab and the keys ← and →, to see its probability."
          : <AboutToken {...shown} />}
      </p>
    </div>
  );
}

const NONE: readonly TokenLogprob[] = [];

/** The probability of a token, its surprise, and the likeliest tokens in its place. */
function AboutToken({ text, logprob, top }: ShadedToken): VNode {
  return (
    <>
      <Probability text={text} logprob={logprob} />
      {logprob !== null && ` (surprise ${DIGITS.format(0 - logprob)} nats)`}
      {top.length > 0 && " · likeliest: "}
      {top.map((token, place) => (
        <span key={place}>
          {place > 0 && ", "}
          <Probability {...token} />
        </span>
      ))}
    </>
  );
}

function Probability(
  { text, logprob }: Pick<TopLogprob, "text" | "logprob">,
): VNode {
  return (
    <>
      {text === "" ? "part of a character" : (
        <bdi>
          <code>{JSON.stringify(shortened(text, 60))}</code>
        </bdi>
      )} {logprob === null ? "unknown" : PERCENT.format(Math.exp(logprob))}
    </>
  );
}

const THREE = { maximumSignificantDigits: 3 } as const;
const DIGITS = new Intl.NumberFormat("en", THREE);
const PERCENT = new Intl.NumberFormat("en", { ...THREE, style: "percent" });
