import type { VNode } from "npm:preact@10.29.8";
import { Details } from "../parts/details.tsx";
import { Letter } from "../parts/letter.tsx";
import { PromptView } from "../set/prompt_view.tsx";
import type { Side } from "./side.ts";

/** The prompts of the compared sets, collapsed at first. */
export function WholePrompts(
  { sides }: { readonly sides: readonly Side[] },
): VNode {
  return (
    <Details summary="Whole prompts" kind="whole-prompt">
      {sides.map(({ letter, samples }) => (
        <div class="message" key={letter}>
          <Letter of={letter} />
          <PromptView prompt={samples.prompt} prefill={samples.prefill} />
        </div>
      ))}
    </Details>
  );
}
