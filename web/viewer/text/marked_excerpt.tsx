import type { VNode } from "npm:preact@10.29.8";
import type { SearchHit } from "../../../src/viewer/view_data.ts";

/** A search excerpt with its matches marked. */
export function MarkedExcerpt(
  { excerpt, marks }: Pick<SearchHit, "excerpt" | "marks">,
): VNode {
  const parts: (VNode | string)[] = [];
  let from = 0;
  for (const [start, end] of marks) {
    if (start < from) continue;
    parts.push(excerpt.slice(from, start));
    parts.push(<mark key={start}>{excerpt.slice(start, end)}</mark>);
    from = end;
  }
  parts.push(excerpt.slice(from));
  return <bdi class="excerpt" dir="auto">{parts}</bdi>;
}
