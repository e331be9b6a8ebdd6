// @ts-check

/** The key that every contestant sends; the server does not look at it. */
export const API_KEY = "sk-bench";

/** What every contestant asks for, as this client names it. */
export const SAMPLING = {
  model: "qwen/qwen3-30b-a3b",
  temperature: 0.7,
  topP: 0.95,
  maxTokens: 4096,
};

/**
 * The prompt with a number.
 *
 * @param {number} index
 * @returns {string}
 */
export function question(index) {
  return `What is ${index}*10? Think it through, then say the number.`;
}
