import type { HttpAnswer } from "../completion/http_answer.ts";
import type { Outcome } from "../outcome.ts";
import type { PreparedRequest } from "../prepared_request.ts";

/**
 * Turns an HTTP answer into the outcome of its request: a sample, or a failure. It never rejects. It
 * does not contain the request's API key, even if the server repeats it.
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
 *     const answer = { status: 200, headers: new Headers(), text };
 *     return parseCompletion(answer, request);
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
export async function parseCompletion(
  received: HttpAnswer,
  request: PreparedRequest,
): Promise<Outcome> {
  // Programs without a transport of their own do not load it with this package.
  const { parseCompletion } = await import("../completion/parse_completion.ts");
  return parseCompletion(received, request);
}
