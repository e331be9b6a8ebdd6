import { pythonFloat } from "../util/python_json.ts";
import type { AnchorsReport, CutSample } from "./anchors_report.ts";

/** Options of {@linkcode thoughtAnchorsFiles}. */
export interface ThoughtAnchorsFilesOptions {
  /** The number of the problem, which names its folder. */
  readonly problem: number;
}

/**
 * Converts a report to the layout of the "Thought Anchors" repository, for its scripts such as
 * `analyze_rollouts.py`. Returns the JSON value of each file, by its path in `math_rollouts/`. The path is
 * `MODEL/temperature_…_top_p_…/correct_base_solution/problem_N/chunk_K/solutions.json`, with
 * `incorrect_base_solution` for a wrong answer. Cut K, before sentence K, has a folder if it was sampled.
 *
 * @throws {TypeError} If the report has no correct answer, which the layout needs.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { RolloutsClient } from "@rollouts/client";
 * import { buildAnchorsReport, thoughtAnchorsFiles } from "@rollouts/client/resampling";
 * import { MockOpenRouter, PLANTED_QUESTION } from "@rollouts/client/testing";
 *
 * await using mock = await MockOpenRouter.start();
 * await using client = new RolloutsClient({
 *   model: "mock/planted-anchors",
 *   baseUrl: mock.baseUrl,
 *   apiKey: "sk-example",
 *   useCache: false,
 * });
 * const { responses: [response] } = await client.generate(PLANTED_QUESTION);
 * const nSamples = 5;
 * const cuts = client.resampleAll(response!, { nSamples, every: 10 });
 * const report = await buildAnchorsReport(response!, cuts, { answer: "boxed", nSamples, truth: "8" });
 * const files = thoughtAnchorsFiles(report, { problem: 330 });
 * assertEquals(
 *   [...files.keys()].filter((path) => path.endsWith("solutions.json")).length,
 *   2,
 * );
 * ```
 */
export function thoughtAnchorsFiles(
  report: AnchorsReport,
  { problem }: ThoughtAnchorsFilesOptions,
): ReadonlyMap<string, unknown> {
  const { model, parameters, sentences, truth, answer, content } = report;
  if (truth === null) {
    throw new TypeError(
      "the layout needs the correct answer: pass truth to buildAnchorsReport",
    );
  }
  const isCorrect = answer === truth;
  const slug = model.replace(/^.*\//, "").replaceAll(/[^\w.-]/g, "-")
    .replace(/^\.+/, "") || "model";
  const folder = [
    slug,
    `temperature_${shown(parameters.temperature)}_top_p_${
      shown(parameters.top_p)
    }`,
    `${isCorrect ? "correct" : "incorrect"}_base_solution`,
    `problem_${problem}`,
  ].join("/");
  const prompt = `${report.prompt}\n<think>\n`;
  const chunks = sentences.map(({ text }) => text.trim());
  const reasoning = sentences.map(({ text }) => text).join("");
  const solution = `${reasoning}</think>${content}`;
  const files: [string, unknown][] = [
    ["problem.json", { problem: report.prompt, gt_answer: truth }],
    ["base_solution.json", {
      prompt,
      solution,
      full_cot: prompt + solution,
      answer: answer ?? "",
      is_correct: isCorrect,
    }],
    ["chunks.json", {
      source_text: prompt + solution,
      solution_text: reasoning.trim(),
      chunks,
    }],
    ...report.cuts.filter(({ at }) => at < chunks.length)
      .map(({ at, samples }): [string, unknown] => {
        const prefix = sentences.slice(0, at).map(({ text }) => text).join("");
        return [
          `chunk_${at}/solutions.json`,
          samples.map((sample) => {
            const rollout = rolloutText(sample);
            return {
              chunk_removed: chunks[at],
              prefix_without_chunk: prefix.trim(),
              chunk_resampled: sample.sentence.trim(),
              rollout,
              full_cot: prompt + prefix + rollout,
              answer: sample.answer ?? "",
              is_correct: sample.answer === truth,
            };
          }),
        ];
      }),
  ];
  return new Map(files.map(([name, value]) => [`${folder}/${name}`, value]));
}

/** Formats a number as Python does, as in the names of the repository's folders. */
function shown(value: unknown): string {
  return typeof value === "number" ? pythonFloat(value) : "default";
}

/** Joins the rest of the reasoning and the content. Without content, the reasoning has not ended. */
function rolloutText({ reasoning, content }: CutSample): string {
  if (reasoning === null) return content;
  return content === "" ? reasoning : `${reasoning}</think>${content}`;
}
