import type { VNode } from "npm:preact@10.29.8";
import { useState } from "npm:preact@10.29.8/hooks";
import { CutNote } from "../parts/cut_note.tsx";
import { MOST_PRINTED, usePrinting } from "../parts/use_printing.ts";
import { whole } from "../text/numbers.ts";

/** The visible rows of a table, and the button that shows the remaining ones, if there are any; in print, the first 500. */
export function useFirstRows<Row>(
  rows: readonly Row[],
  first: number,
): readonly [shown: readonly Row[], more: VNode | null] {
  const [open, setOpen] = useState(false);
  const printing = usePrinting();
  // A button instead of a single row would save no space.
  if (open || rows.length <= first + 1) return [rows, null];
  if (printing) {
    const of = rows.length;
    const cutTo = of > MOST_PRINTED ? MOST_PRINTED : null;
    const note = <CutNote cutTo={cutTo} of={of} />;
    return [rows.slice(0, MOST_PRINTED), note];
  }
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
