import type { ComponentChildren, VNode } from "npm:preact@10.29.8";
import { useState } from "npm:preact@10.29.8/hooks";
import { usePrinting } from "./use_printing.ts";

/** Content that a click unfolds, and that is printed in any case. */
export function Details(
  { summary, kind, children }: {
    readonly summary: ComponentChildren;
    /** The name in the style sheet. */
    readonly kind: string;
    readonly children: ComponentChildren;
  },
): VNode {
  const [isOpen, setIsOpen] = useState(false);
  const isPrinting = usePrinting();
  return (
    <details
      class={kind}
      open={isOpen || isPrinting}
      onToggle={({ currentTarget }) => {
        if (!isPrinting) setIsOpen(currentTarget.open);
      }}
    >
      <summary>{summary}</summary>
      {children}
    </details>
  );
}
