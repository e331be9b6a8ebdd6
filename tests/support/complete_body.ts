import { MOCK_MODELS, type MockModel } from "../../src/testing/mod.ts";
import {
  type CompleteOptions,
  completeRequest,
  type MockCompletion,
} from "../../src/testing/complete_request.ts";
import { parseGenerationRequest } from "../../src/testing/parse_request.ts";

/** The model that answers where a body names none: one that reasons. */
export const THINKING_MODEL = "qwen/qwen3-30b-a3b";

/** Lets a mock model answer a body, without a server; the seed is 7 where the body has none. */
export function completeBody(
  fields: Readonly<Record<string, unknown>>,
  options: CompleteOptions = {},
): MockCompletion {
  const body = { model: THINKING_MODEL, seed: 7, ...fields };
  const kind = "prompt" in body ? "text" : "chat";
  const request = parseGenerationRequest(body, kind);
  return completeRequest(findMockModel(body.model), request, options);
}

/**
 * One of the mock's models.
 *
 * @throws {RangeError} Where there is none of that name.
 */
export function findMockModel(id: string): MockModel {
  const model = MOCK_MODELS.find((model) => model.id === id);
  if (model === undefined) throw new RangeError(`no model ${id}`);
  return model;
}
