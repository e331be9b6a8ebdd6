import type { VNode } from "npm:preact@10.29.8";
import { useState } from "npm:preact@10.29.8/hooks";
import { whole } from "../text/numbers.ts";

/** The visible rows of a table, and the button that shows the remaining ones, if there are any. */
export function useFirstRows<Row>(
  rows: readonly Row[],
  first: number,
): readonly [shown: readonly Row[], more: VNode | null] {
  const [open, setOpen] = useState(false);
  // A button instead of a single row would save no space.
  if (open || rows.length <= first + 1) return [rows, null];
  const more = (
    <button
      type="button"
      class="quiet"
      onClick={() => setOpen(true)}
    >
      Show all {whole(rows.length)}
    </button>
  );
  return [rows.slice(0, first), more];
}
