import {
  type ComponentChildren,
  Fragment,
  type VNode,
} from "npm:preact@10.29.8";
import { Code } from "./code.tsx";
import { Formula } from "./formula.tsx";
import type { Range } from "./matches.ts";
import { plainPart, type TextPart, textParts } from "./text_parts.ts";

/** A text and what is marked in it. */
export interface ReadableTextProps {
  readonly text: string;
  /** The matches of a search, in order. */
  readonly hits: readonly Range[];
  /** The number of the first match on the page. */
  readonly firstHit: number;
  /** The number of the current match, or -1. */
  readonly currentHit: number;
  /** How many characters at the start are the prefill. */
  readonly given: number;
  /** Whether formulas and code are shown as they are written. */
  readonly isPlain?: boolean;
}

/** A text with its formulas typeset, its code highlighted, its bold text bold, and its matches and prefill marked. */
export function ReadableText(
  { text, isPlain = false, ...marked }: ReadableTextProps,
): VNode {
  return (
    <>
      {(isPlain ? [plainPart(text)] : textParts(text)).map((part) => (
        <Part
          key={`${part.start} ${part.source}`}
          part={part}
          raw={text.slice(part.start, part.end)}
          {...marked}
        />
      ))}
    </>
  );
}

function Part(
  { part, raw, hits, firstHit, currentHit, given }:
    & Omit<ReadableTextProps, "text" | "isPlain">
    & { readonly part: TextPart; readonly raw: string },
): VNode | null {
  const mark = (hit: number, shown: ComponentChildren) => (
    <mark class={firstHit + hit === currentHit ? "current-hit" : undefined}>
      {shown}
    </mark>
  );
  const { kind, start, end, source, isBlock, language, isStrong } = part;
  if (kind === "delimiter") return null;
  if (kind === "text") {
    const Around = isStrong ? "strong" : Fragment;
    return (
      <Around>
        {runs(part, hits, given).map(({ from, to, hit, isGiven }) => {
          const words = source.slice(from - start, to - start);
          const marked = hit === null ? words : mark(hit, words);
          return isGiven
            ? <span key={from} class="given-text">{marked}</span>
            : <span key={from}>{marked}</span>;
        })}
      </Around>
    );
  }
  const hit = hits.findIndex(([from, to]) => from < end && to > start);
  const shown = kind === "math"
    ? <Formula text={raw} source={source} isBlock={isBlock} />
    : <Code source={source} language={language} isBlock={isBlock} />;
  const marked = hit < 0 ? shown : mark(hit, shown);
  return start < given ? <span class="given-text">{marked}</span> : marked;
}

interface Run {
  readonly from: number;
  readonly to: number;
  /** The index of the match, or `null`. */
  readonly hit: number | null;
  readonly isGiven: boolean;
}

/** Splits a part where a match or the prefill begins or ends. */
function runs(
  { start, end }: TextPart,
  hits: readonly Range[],
  given: number,
): Run[] {
  const cuts = [start, given, ...hits.flat(), end]
    .filter((at) => at >= start && at <= end)
    .sort((a, b) => a - b);
  return cuts.slice(1).flatMap((to, place) => {
    const from = cuts[place]!;
    if (from === to) return [];
    const hit = hits.findIndex(([first, last]) => first <= from && to <= last);
    return [{
      from,
      to,
      hit: hit < 0 ? null : hit,
      isGiven: to <= given,
    }];
  });
}
