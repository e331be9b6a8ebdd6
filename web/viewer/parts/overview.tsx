import type { ComponentChildren, VNode } from "npm:preact@10.29.8";
import { choose } from "../route/use_route.ts";
import type { Query } from "../route/route.ts";

/** Plots that can be collapsed. The state is in the address, and collapsed plots are not drawn. */
export function Overview(
  { query, children }: {
    readonly query: Query;
    readonly children: () => ComponentChildren;
  },
): VNode {
  const open = query.plots !== "hidden";
  return (
    <details
      class="overview"
      open={open}
      onToggle={({ currentTarget }) => {
        if (currentTarget.open !== open) {
          choose({ plots: currentTarget.open ? "" : "hidden" });
        }
      }}
    >
      <summary>
        <h2>Overview</h2>
      </summary>
      {open && children()}
    </details>
  );
}
