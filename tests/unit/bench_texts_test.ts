import { assert, assertEquals } from "@std/assert";
import { walkSync } from "@std/fs/walk";
import { ANSWER_BYTES } from "../bench/answer_size.ts";
import { fillViewedCache } from "../bench/fill_viewed_cache.ts";
import { recordedAnswer } from "../bench/recorded_answer.ts";
import { TempDir } from "../support/temp_dir.ts";

/** Whether V8 stores a text with two bytes per character, as it does answers of models. */
function needsTwoBytes(text: string): boolean {
  return /[\u0100-\uffff]/.test(text);
}

Deno.test("recordedAnswer() has typographic characters in reasoning and content", () => {
  for (const bytes of Object.values(ANSWER_BYTES)) {
    const { message } = JSON.parse(recordedAnswer(bytes)).choices[0];
    assert(needsTwoBytes(message.reasoning));
    assert(needsTwoBytes(message.content));
  }
});

Deno.test("fillViewedCache() writes typographic characters to reasoning and content", async () => {
  await using dir = new TempDir();
  await fillViewedCache(dir.path, { prompts: 4, samplesPerPrompt: 10 });
  const files = [...walkSync(dir.path, { includeDirs: false })];
  assertEquals(files.length, 40);
  for (const { path } of files) {
    const { response } = JSON.parse(Deno.readTextFileSync(path));
    assert(needsTwoBytes(response.reasoning));
    assert(needsTwoBytes(response.content));
  }
});
