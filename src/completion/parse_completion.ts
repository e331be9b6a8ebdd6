import type { Outcome } from "../outcome.ts";
import type { PreparedRequest } from "../prepared_request.ts";
import { findChoice } from "./find_choice.ts";
import type { HttpAnswer } from "./http_answer.ts";
import { readSample } from "./read_sample.ts";
import { redactKey } from "./redact_key.ts";

/**
 * Turns an HTTP answer into the outcome of its request: a sample, or a failure. It never throws. The
 * texts of a failure do not contain the request's API key.
 *
 * @example In a transport of your own
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseCompletion, RolloutsClient, type Transport } from "@rollouts/client";
 *
 * const transport: Transport = {
 *   send(request) {
 *     const choice = { finish_reason: "stop", message: { content: "fifty" } };
 *     const text = JSON.stringify({ id: "gen-1", choices: [choice] });
 *     return Promise.resolve(
 *       parseCompletion({ status: 200, headers: new Headers(), text }, request),
 *     );
 *   },
 * };
 * await using client = new RolloutsClient({
 *   model: "qwen/qwen3-30b-a3b",
 *   apiKey: "sk-example",
 *   useCache: false,
 *   transport,
 * });
 * const [response] = await client.generate("What is 5*10?");
 * assertEquals(response?.content, "fifty");
 * ```
 */
export function parseCompletion(
  answer: HttpAnswer,
  request: PreparedRequest,
): Outcome {
  const { receivedAtMs = Date.now(), latencyMs = null } = answer;
  const found = findChoice({ ...answer, receivedAtMs });
  if ("failure" in found) {
    const failure = redactKey(found.failure, request.headers);
    return { type: "failure", failure };
  }
  const sample = readSample(found, request, receivedAtMs);
  return {
    type: "answer",
    response: { ...sample, latencyMs, rawJson: answer.text.trim() },
  };
}
