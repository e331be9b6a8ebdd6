import type { VNode } from "npm:preact@10.29.8";
import { whole } from "../text/numbers.ts";

/** Says how many items of a list are printed, if not all are. */
export function CutNote(
  { cutTo, of }: { readonly cutTo: number | null; readonly of: number },
): VNode | null {
  return cutTo === null
    ? null
    : <p class="note cut-note">First {whole(cutTo)} of {whole(of)}</p>;
}
