import type { ComponentChildren, VNode } from "npm:preact@10.29.8";

/** A bar in a table's cell, and the numbers beside it. */
export function Bar(
  { share, colour, children }: {
    /** How much of the cell it fills. */
    readonly share: number;
    /** The class of its colour. */
    readonly colour: string;
    readonly children: ComponentChildren;
  },
): VNode {
  return (
    <td class="bar-cell">
      <span class="bar-line">
        <span class="track">
          <i
            class={`bar ${colour}`}
            style={{ width: `${(100 * share).toFixed(1)}%` }}
          />
        </span>
        <span class="count">{children}</span>
      </span>
    </td>
  );
}
