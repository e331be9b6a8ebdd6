import { assert } from "@std/assert";
import { parseCompletion } from "../../src/completion/parse_completion.ts";
import type { PreparedRequest } from "../../src/prepared_request.ts";
import { Response } from "../../src/response.ts";
import { preparedRequest } from "./prepared_request.ts";

/** Returns the body of an answer with the given fields in its choice. */
export function answerBody(
  choice: Record<string, unknown>,
  fields: Record<string, unknown> = {},
): string {
  return JSON.stringify({
    id: "gen-1",
    choices: [{ index: 0, finish_reason: "stop", ...choice }],
    usage: { prompt_tokens: 7, completion_tokens: 9, total_tokens: 16 },
    ...fields,
  });
}

/** Parses the body of an answer, and returns its sample and warnings. */
export function parseAnswer(
  text: string,
  request: Partial<PreparedRequest> = {},
): { response: Response; warnings: readonly string[]; rawJson: string } {
  const outcome = parseCompletion(
    { status: 200, headers: new Headers(), text },
    preparedRequest(request),
  );
  assert(outcome.type === "answer", JSON.stringify(outcome));
  const { warnings = [], rawJson } = outcome.response;
  const origin = { cached: false, attempts: 1, quantization: null };
  return {
    response: new Response(outcome.response, origin),
    warnings,
    rawJson,
  };
}
