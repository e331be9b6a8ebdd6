import type { VNode } from "npm:preact@10.29.8";
import { useState } from "npm:preact@10.29.8/hooks";
import { cutAt } from "../../../src/util/cut_at.ts";
import { whole } from "./numbers.ts";

/** How many more characters a click shows; browsers take seconds to lay out millions. */
const STEP = 100_000;

/** A text of any length: its beginning, and a button that shows more. */
export function LongText(
  { text, first = 20_000 }: { readonly text: string; readonly first?: number },
): VNode {
  const [pieces, setPieces] = useState<readonly number[]>([]);
  const ends = [cutAt(text, first), ...pieces];
  const shown = ends.at(-1)!;
  const left = text.length - shown;
  const more = () => setPieces([...pieces, cutAt(text, shown + STEP)]);
  return (
    <>
      <span class="text" dir="auto">
        {ends.map((end, place) => (
          <span key={place}>{text.slice(ends[place - 1] ?? 0, end)}</span>
        ))}
      </span>
      {left > 0 && (
        <button type="button" class="more" onClick={more}>
          {left > STEP
            ? `Show ${whole(STEP)} of ${whole(left)} more characters`
            : `Show ${whole(left)} more characters`}
        </button>
      )}
    </>
  );
}
