import type { ComponentChildren, VNode } from "npm:preact@10.29.8";

/** Links to the neighbors in a list, with the place between them. */
export function Steps(
  { label, previous, next, children }: {
    readonly label: string;
    /** The address of a neighbor, or `null` if there is none. */
    readonly previous: string | null;
    readonly next: string | null;
    readonly children: ComponentChildren;
  },
): VNode {
  return (
    <nav class="steps" aria-label={label}>
      <Step href={previous}>← Previous</Step>
      <span class="note">{children}</span>
      <Step href={next}>Next →</Step>
    </nav>
  );
}

/** The keys that open the neighbors, given the address of each. */
export function stepKeys(
  neighbor: (by: number) => string | null,
): Readonly<Record<string, () => void>> {
  const step = (by: number) => () => {
    location.hash = neighbor(by) ?? location.hash;
  };
  const [next, previous] = [step(1), step(-1)];
  return { j: next, ArrowRight: next, k: previous, ArrowLeft: previous };
}

function Step(
  { href, children }: {
    readonly href: string | null;
    readonly children: ComponentChildren;
  },
): VNode {
  return href === null
    ? <span class="button off" aria-disabled="true">{children}</span>
    : <a class="button" href={href}>{children}</a>;
}
