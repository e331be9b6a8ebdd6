import type { VNode } from "npm:preact@10.29.8";
import { percent, whole } from "../text/numbers.ts";

/** The finish reasons with a color of their own; all others share one. */
const KNOWN = ["stop", "length", "tool_calls", "content_filter", "error"];

/** The finish reasons of samples and the unusable files as one bar, with the most frequent reason. */
export function FinishBar(
  { counts, unusable }: {
    readonly counts: Readonly<Record<string, number>>;
    readonly unusable: number;
  },
): VNode {
  const reasons = Object.entries(counts)
    .sort(([a], [b]) => rank(a) - rank(b));
  const samples = reasons.reduce((sum, [, count]) => sum + count, 0);
  const [most] = [...reasons].sort(([, a], [, b]) => b - a);
  const parts = unusable > 0
    ? [...reasons, ["unusable", unusable] as const]
    : reasons;
  const said = parts.map(([name, count]) => `${name} ${whole(count)}`);
  return (
    <span class="finish" title={said.join(", ")}>
      <span class="finish-bar" role="img" aria-label={said.join(", ")}>
        {parts.map(([name, count]) => (
          <i
            key={name}
            class={finishColor(name)}
            style={{ flexGrow: String(count) }}
          />
        ))}
      </span>
      <span class="finish-text" aria-hidden="true">
        {most === undefined
          ? unusable > 0 ? "unusable" : "none"
          : reasons.length === 1
          ? most[0]
          : `${most[0]} ${percent(most[1] / samples)}`}
      </span>
    </span>
  );
}

/** The class of a finish reason's color. */
export function finishColor(name: string): string {
  if (name === "unusable") return "f-unusable";
  return KNOWN.includes(name) ? `f-${name}` : "f-other";
}

function rank(name: string): number {
  const place = KNOWN.indexOf(name);
  return place < 0 ? KNOWN.length : place;
}
