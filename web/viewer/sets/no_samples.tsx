import type { VNode } from "npm:preact@10.29.8";
import { CopyButtons } from "../parts/copy_buttons.tsx";
import { callCommand } from "../set/call_text.ts";

/** What an empty cache shows: a command that writes the first samples. */
export function NoSamples(
  { cacheDirs }: { readonly cacheDirs: readonly string[] },
): VNode {
  const command = callCommand({
    prompt: "Is 91 a prime number?",
    options: { model: "qwen/qwen3-30b-a3b", cacheDir: cacheDirs[0] },
    nSamples: 8,
  });
  return (
    <div class="empty">
      <p>
        No samples yet. New ones appear here by themselves, such as those of
        this command:
      </p>
      <pre class="command" tabIndex={0}><code>{command.trimEnd()}</code></pre>
      <CopyButtons texts={[["command", () => command]]} />
    </div>
  );
}
