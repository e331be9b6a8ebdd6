/**
 * The forms in which providers return answers, besides the usual one. Choose one by the header
 * `X-Mock-Answer`, or by the model `mock/NAME`, such as `mock/refusal`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { OpenRouter } from "@rollouts/client";
 * import { MockOpenRouter } from "@rollouts/client/testing";
 *
 * await using mock = await MockOpenRouter.start();
 * const openRouter = new OpenRouter({ apiKey: "sk-example", baseUrl: mock.baseUrl });
 * const response = await openRouter.generateSingle("Hi", { model: "mock/refusal" });
 * assertEquals(response.content, "");
 * assertEquals(response.refusal, "I cannot help with that.");
 * ```
 */
export const ANSWER_SHAPES = [
  // Reasoning.
  "reasoning_details",
  "reasoning_content",
  "thinking_part",
  "reasoning_part",
  "think_tags",
  "lone_close_tag",
  "empty_reasoning",
  "hidden_reasoning",
  "unknown_part",
  // Refusals.
  "refusal",
  "refusal_part",
  "content_filter",
  // Media and citations.
  "image",
  "citation",
  // Ends.
  "nothing",
  "cut_tool_call",
  "null_finish",
  // Usage and other fields.
  "no_usage",
  "input_tokens",
  "own_key",
  "float_created",
  "compressed_prompt",
  "choices_by_index",
  // Bodies.
  "stream",
  "stream_error",
  "nan_logprobs",
  "comments",
  "login_page",
  "no_content",
  "list",
  // Errors in a 200.
  "nested_error",
  "text_code_error",
] as const;

/** The name of an answer's form: see {@linkcode ANSWER_SHAPES}. */
export type AnswerShape = typeof ANSWER_SHAPES[number];

const MODEL_PREFIX = "mock/";

/** Returns the shape that a model's name chooses, or `null`. */
export function shapeOfModel(model: string | undefined): AnswerShape | null {
  return ANSWER_SHAPES.find((shape) => `${MODEL_PREFIX}${shape}` === model) ??
    null;
}
