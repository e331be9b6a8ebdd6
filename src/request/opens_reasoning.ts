/**
 * Whether the chat template of a model opens the reasoning, so that an answer may contain `</think>`
 * without `<think>`.
 */
export function opensReasoning(model: string): boolean {
  return /(?:^|\/)(?:deepseek-r1|qwq)|qwen3[^/]*-thinking/i.test(model);
}
