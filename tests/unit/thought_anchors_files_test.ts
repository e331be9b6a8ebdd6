import { assert, assertEquals, assertThrows } from "@std/assert";
import { thoughtAnchorsFiles } from "../../src/resampling/thought_anchors_files.ts";
import { exampleAnchorsReport } from "../support/example_anchors_report.ts";

const REPORT = {
  ...exampleAnchorsReport({ samples: 4 }),
  model: "deepseek/deepseek-r1-distill-qwen-14b",
  parameters: { temperature: 0.6, top_p: 1, max_tokens: 100 },
};
const FOLDER =
  "deepseek-r1-distill-qwen-14b/temperature_0.6_top_p_1.0/correct_base_solution/problem_330";

Deno.test("thoughtAnchorsFiles() returns the files that the scripts of the paper read", () => {
  const report = { ...REPORT, answer: REPORT.truth };
  const files = thoughtAnchorsFiles(report, { problem: 330 });
  const sampled = report.cuts
    .filter(({ at }) => at < report.sentences.length)
    .map(({ at }) => `${FOLDER}/chunk_${at}/solutions.json`);
  assert(sampled.length > 1);
  assertEquals([...files.keys()], [
    `${FOLDER}/problem.json`,
    `${FOLDER}/base_solution.json`,
    `${FOLDER}/chunks.json`,
    ...sampled,
  ]);
  assertEquals(files.get(`${FOLDER}/problem.json`), {
    problem: report.prompt,
    gt_answer: report.truth,
  });
  const thought = report.sentences.map(({ text }) => text).join("");
  const prompt = `${report.prompt}\n<think>\n`;
  const solution = `${thought}</think>${report.content}`;
  assertEquals(files.get(`${FOLDER}/base_solution.json`), {
    prompt,
    solution,
    full_cot: prompt + solution,
    answer: report.truth,
    is_correct: true,
  });
  const chunks = report.sentences.map(({ text }) => text.trim());
  assertEquals(files.get(`${FOLDER}/chunks.json`), {
    source_text: prompt + solution,
    solution_text: thought.trim(),
    chunks,
  });
  const cuts = report.cuts.slice(0, -1);
  const all = cuts.flatMap(({ samples }) => samples);
  assert(all.some(({ content }) => content === ""));
  for (const { at, samples } of cuts) {
    const prefix = report.sentences.slice(0, at).map(({ text }) => text).join(
      "",
    );
    assertEquals(
      files.get(`${FOLDER}/chunk_${at}/solutions.json`),
      samples.map(({ sentence, reasoning, content, answer }) => {
        // A sample that was cut off in its reasoning has no end of it.
        const end = content === "" ? "" : `</think>${content}`;
        return {
          chunk_removed: chunks[at],
          prefix_without_chunk: prefix.trim(),
          chunk_resampled: sentence.trim(),
          rollout: `${reasoning}${end}`,
          full_cot: `${prompt}${prefix}${reasoning}${end}`,
          answer: answer ?? "",
          is_correct: answer === report.truth,
        };
      }),
    );
  }
});

Deno.test("thoughtAnchorsFiles() names wrong base solutions, and needs the correct answer", () => {
  const wrong = { ...REPORT, answer: "no" };
  const [path] = thoughtAnchorsFiles(wrong, { problem: 1 }).keys();
  assert(path!.includes("/incorrect_base_solution/problem_1/"), path);
  assertThrows(
    () => thoughtAnchorsFiles({ ...REPORT, truth: null }, { problem: 1 }),
    TypeError,
    "pass truth to buildAnchorsReport",
  );
});

Deno.test("thoughtAnchorsFiles() returns no path outside its folder, whatever the model", () => {
  for (const model of ["..", "a/..", "/", "", "a\\..\\b", "x:free", "a b"]) {
    for (
      const path of thoughtAnchorsFiles({ ...REPORT, model }, { problem: 1 })
        .keys()
    ) {
      assert(/^[\w-][\w.-]*(?:\/[\w-][\w.-]*)+$/.test(path), path);
    }
  }
});
