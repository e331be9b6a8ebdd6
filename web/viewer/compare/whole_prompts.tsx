import type { VNode } from "npm:preact@10.29.8";
import { Letter } from "../parts/letter.tsx";
import { PromptView } from "../set/prompt_view.tsx";
import type { Side } from "./side.ts";

/** The prompts of the compared sets, collapsed at first. */
export function WholePrompts(
  { sides }: { readonly sides: readonly Side[] },
): VNode {
  return (
    <details class="whole-prompt">
      <summary>Whole prompts</summary>
      {sides.map(({ letter, samples }) => (
        <div class="message" key={letter}>
          <Letter of={letter} />
          <PromptView prompt={samples.prompt} prefill={samples.prefill} />
        </div>
      ))}
    </details>
  );
}
