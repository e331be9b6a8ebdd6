import type { VNode } from "npm:preact@10.29.8";
import type { SetSamples } from "../../../src/viewer/view_data.ts";
import { callCommand, callTypeScript, repeatedCall } from "./call_text.ts";
import { CopyButtons } from "../parts/copy_buttons.tsx";

/** The call that made the samples of a set, to be copied. */
export function SetCallView(
  { samples, cacheDir }: {
    readonly samples: SetSamples;
    readonly cacheDir: string;
  },
): VNode | null {
  const call = repeatedCall(samples, cacheDir);
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
