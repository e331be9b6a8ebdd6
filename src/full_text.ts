/** The reasoning and the content of a sample. */
export interface ReasoningAndContent {
  /** The model's reasoning, or `null` if it shows none. */
  readonly reasoning: string | null;
  /** The model's answer, after its reasoning. */
  readonly content: string;
  /** Whether the reasoning was completed; `true` if there is none. */
  readonly completedReasoning: boolean;
}

/**
 * Returns the whole text of a sample: `reasoning + "</think>" + content`, the reasoning alone if it
 * was not completed, or the content if there is no reasoning.
 */
export function fullText(
  { reasoning, content, completedReasoning }: ReasoningAndContent,
): string {
  if (reasoning === null) return content;
  return completedReasoning ? `${reasoning}</think>${content}` : reasoning;
}

/** Returns the parts of a sample without reasoning. */
export function contentOnly(content: string): ReasoningAndContent {
  return { content, reasoning: null, completedReasoning: true };
}

/** Returns the parts of a sample whose reasoning was not completed. */
export function reasoningOnly(reasoning: string): ReasoningAndContent {
  return { content: "", reasoning, completedReasoning: false };
}
