import type { ComponentChildren, VNode } from "npm:preact@10.29.8";

/** A bar in a table cell, and the numbers next to it. */
export function Bar(
  { share, color, children }: {
    /** The share of the cell that the bar fills. */
    readonly share: number;
    /** The class of the bar's color. */
    readonly color: string;
    readonly children: ComponentChildren;
  },
): VNode {
  return (
    <td class="bar-cell">
      <span class="bar-line">
        <span class="track">
          {share > 0 && (
            <i
              class={`bar ${color}`}
              style={{ width: `${(100 * share).toFixed(1)}%` }}
            />
          )}
        </span>
        <span class="count">{children}</span>
      </span>
    </td>
  );
}
