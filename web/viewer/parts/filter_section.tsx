import type { ComponentChildren, VNode } from "npm:preact@10.29.8";
import { useState } from "npm:preact@10.29.8/hooks";
import { NARROW, useMedia } from "./use_media.ts";

/** Filters below a heading, which are collapsed at first in a narrow window if none is set. */
export function FilterSection(
  { heading, active, children }: {
    /** Shown before the filters, whether they are collapsed or not. */
    readonly heading?: ComponentChildren;
    /** The number of filters that are set. */
    readonly active: number;
    readonly children: ComponentChildren;
  },
): VNode {
  const narrow = useMedia(NARROW);
  const [open, setOpen] = useState(active > 0);
  return (
    <section class="filters" aria-label="Filters">
      {heading}
      {narrow
        ? (
          <details
            class="filter-fold"
            open={open}
            onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
          >
            <summary>Filters{active > 0 && ` (${active} active)`}</summary>
            <div class="filters">{children}</div>
          </details>
        )
        : children}
    </section>
  );
}
