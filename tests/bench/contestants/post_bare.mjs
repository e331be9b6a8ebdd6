// @ts-check
import { API_KEY, question, SAMPLING } from "./question.mjs";

/**
 * Asks with nothing but `fetch`, and gives the whole answer.
 *
 * @param {string} url
 * @param {number} seed
 */
export async function postBare(url, seed) {
  const { model, temperature, topP, maxTokens } = SAMPLING;
  const answer = await fetch(url, {
    method: "POST",
    headers: {
      "Authorization": `Bearer ${API_KEY}`,
      "Content-Type": "application/json",
    },
    body: JSON.stringify({
      model,
      messages: [{ role: "user", content: question(0) }],
      temperature,
      top_p: topP,
      max_tokens: maxTokens,
      seed,
    }),
  });
  return await answer.json();
}
