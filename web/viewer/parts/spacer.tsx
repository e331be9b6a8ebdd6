import type { VNode } from "npm:preact@10.29.8";

/** The space of the rows of a table that are not rendered. */
export function Spacer({ height }: { readonly height: number }): VNode | null {
  if (height <= 0) return null;
  return (
    <tr class="spacer" role="presentation" aria-hidden="true">
      <td role="presentation" style={{ height: `${height}px` }} />
    </tr>
  );
}
