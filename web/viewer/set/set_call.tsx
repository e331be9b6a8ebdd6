import type { VNode } from "npm:preact@10.29.8";
import type { SetSamples } from "../../../src/viewer/view_data.ts";
import { callCommand, callTypeScript, repeatedCall } from "./call_text.ts";
import { CopyButtons } from "../parts/copy_buttons.tsx";

/** The call that made the samples of a set, to be copied. */
export function SetCallView(
  { samples, cacheDirs }: {
    readonly samples: SetSamples;
    readonly cacheDirs: readonly string[];
  },
): VNode | null {
  const call = repeatedCall(samples, cacheDirs);
  if (call === null) return null;
  return (
    <CopyButtons
      texts={[
        ["call as TypeScript", () => callTypeScript(call)],
        ["call as command", () => callCommand(call)],
      ]}
    />
  );
}
