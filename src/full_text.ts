/** Reasoning and answer of a sample, told apart. */
export interface ThoughtAndAnswer {
  /** What the model thought; null where it shows no thoughts. */
  readonly reasoning: string | null;
  /** What the model answered. */
  readonly content: string;
  /** Whether the reasoning came to its end; true where there is none. */
  readonly completedReasoning: boolean;
}

/**
 * The whole text of a sample: `reasoning + "</think>" + content`, the reasoning alone where it did
 * not end, else the content.
 */
export function fullText(
  { reasoning, content, completedReasoning }: ThoughtAndAnswer,
): string {
  if (reasoning === null) return content;
  return completedReasoning ? `${reasoning}</think>${content}` : reasoning;
}
