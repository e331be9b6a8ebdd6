import type { ComponentChildren, VNode } from "npm:preact@10.29.8";
import { choose } from "../route/use_route.ts";
import type { Query } from "../route/route.ts";
import { NARROW, useMedia } from "./use_media.ts";

/**
 * Plots that can be collapsed, as they are at first in a narrow window. The state is in the address,
 * and collapsed plots are not drawn.
 */
export function Overview(
  { query, children }: {
    readonly query: Query;
    readonly children: () => ComponentChildren;
  },
): VNode {
  const narrow = useMedia(NARROW);
  const open = narrow ? query.plots === "shown" : query.plots !== "hidden";
  return (
    <details
      class="overview"
      open={open}
      onToggle={({ currentTarget }) => {
        if (currentTarget.open !== open) {
          choose({
            plots: currentTarget.open === !narrow
              ? ""
              : currentTarget.open
              ? "shown"
              : "hidden",
          });
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
