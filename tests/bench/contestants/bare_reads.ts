import { walkSync } from "@std/fs/walk";
import { measure } from "./measure.mjs";
import type { PromptsTask } from "./task.ts";

/** Reads and parses each file of a cache in turn. */
await measure(({ cacheDir, prompts, samplesPerPrompt }: PromptsTask) => {
  const files = [...walkSync(cacheDir ?? "", { includeDirs: false })]
    .map(({ path }) => path).sort();
  if (files.length !== prompts * samplesPerPrompt) {
    throw new Error(`${files.length} files`);
  }
  return Promise.resolve(() => {
    for (const file of files) {
      if (JSON.parse(Deno.readTextFileSync(file)).seed === undefined) {
        throw new Error(`${file} is no sample`);
      }
    }
  });
});
