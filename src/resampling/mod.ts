/**
 * Resampling chains of thought: measures how much each sentence of a model's reasoning affects its answer.
 *
 * A chain of thought is cut before and after a sentence, and the model continues it many times from both
 * cuts. If the distributions of answers differ, the sentence matters. This is the method of "Thought
 * Anchors: Which LLM Reasoning Steps Matter?" by Bogdan, Macar, Nanda and Conmy (arXiv 2506.19143).
 *
 * @example The sentences of a chain of thought
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { splitSentences } from "@rollouts/client/resampling";
 *
 * assertEquals(splitSentences("5*10 is 50. Wait, is it?"), ["5*10 is 50.", " Wait, is it?"]);
 * ```
 *
 * @module
 */

export { anchorsHtml } from "./report/anchors_html.ts";
export {
  type AnchorsReportOptions,
  buildAnchorsReport,
} from "./build_anchors_report.ts";
export { adjustedPValues } from "./adjusted_p_values.ts";
export { accuracy } from "./accuracy.ts";
export { accuracyDifference } from "./accuracy_difference.ts";
export type {
  AnchoredSentence,
  AnchorsCut,
  AnchorsReport,
  CutSample,
  Estimate,
  Importance,
} from "./anchors_report.ts";
export { answerClasses } from "./answer_classes.ts";
export {
  type AnswerDistribution,
  answerDistribution,
} from "./answer_distribution.ts";
export {
  bootstrapInterval,
  type BootstrapIntervalOptions,
} from "./bootstrap_interval.ts";
export { cosineSimilarity } from "./cosine_similarity.ts";
export {
  counterfactualImportance,
  type CounterfactualImportanceOptions,
  type Replacement,
} from "./counterfactual_importance.ts";
export { type AnswerRule, extractAnswer } from "./extract_answer.ts";
export { klDivergence, type KlDivergenceOptions } from "./kl_divergence.ts";
export { pairedPValue, type PairedPValueOptions } from "./paired_p_value.ts";
export {
  permutationPValue,
  type PermutationPValueOptions,
} from "./permutation_p_value.ts";
export {
  rankSentences,
  type RankSentencesOptions,
  type SentenceRank,
  type TestedImportance,
} from "./rank_sentences.ts";
export { resamplingImportance } from "./resampling_importance.ts";
export { splitSentences } from "./split_sentences.ts";
export {
  thoughtAnchorsFiles,
  type ThoughtAnchorsFilesOptions,
} from "./thought_anchors_files.ts";
