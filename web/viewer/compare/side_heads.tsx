import type { VNode } from "npm:preact@10.29.8";
import { Letter } from "../parts/letter.tsx";

/** The column headers of both sides. */
export function SideHeads(): VNode {
  return (
    <>
      <th scope="col">
        <Letter of="A" />
      </th>
      <th scope="col">
        <Letter of="B" />
      </th>
    </>
  );
}
