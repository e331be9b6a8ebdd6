import type { ComponentChildren, VNode } from "npm:preact@10.29.8";
import type { SampleSet } from "../../../src/viewer/view_data.ts";
import { shortened } from "../text/shortened.ts";

/** How many characters of a prompt a title shows. */
const LENGTH = 160;

/** The beginning of a set's prompt as the title of the page, with a subtitle. */
export function PromptTitle(
  { set, children }: {
    readonly set: SampleSet;
    readonly children?: ComponentChildren;
  },
): VNode {
  return (
    <h1 class="prompt-title" tabIndex={-1}>
      <bdi dir="auto">{promptTitle(set)}</bdi>
      {children !== undefined && <span class="subtitle">{children}</span>}
    </h1>
  );
}

/** Returns the beginning of a set's prompt in one line, with `…` if it is cut. */
export function promptTitle(
  { promptStart }: Pick<SampleSet, "promptStart">,
  length: number = LENGTH,
): string {
  const line = promptStart.replaceAll(/\s+/g, " ").trim();
  return line === "" ? "(empty prompt)" : shortened(line, length);
}
