import type { VNode } from "npm:preact@10.29.8";

/** The letter of a side in its color. */
export function Letter({ of }: { readonly of: string }): VNode {
  return <span class={`letter side-${of.toLowerCase()}`}>{of}</span>;
}
