import { MOCK_MODELS, type MockModel } from "../../src/testing/mod.ts";
import {
  completeRequest,
  type Completion,
} from "../../src/testing/complete_request.ts";
import { parseRequest } from "../../src/testing/parse_request.ts";
import type { WriteOptions } from "../../src/testing/write_draft.ts";

/** The model for bodies that name none. It reasons. */
export const THINKING_MODEL = "qwen/qwen3-30b-a3b";

/** Completes a body with a mock model, without a server. The seed is 7 unless the body has one. */
export function completeBody(
  fields: Readonly<Record<string, unknown>>,
  options: Partial<WriteOptions> = {},
): Completion {
  const body = { model: THINKING_MODEL, seed: 7, ...fields };
  const kind = "prompt" in body ? "text" : "chat";
  const { model = findMockModel(body.model) } = options;
  const [endpoint] = model.endpoints;
  const { prefill = endpoint!.prefill ?? model.prefill } = options;
  const request = parseRequest(body, kind);
  return completeRequest(request, {
    model,
    endpoint: endpoint!,
    prefill,
    ...options,
  });
}

/**
 * Finds one of the mock's models.
 *
 * @throws {RangeError} If there is no such model.
 */
export function findMockModel(id: string): MockModel {
  const model = MOCK_MODELS.find((model) => model.id === id);
  if (model === undefined) throw new RangeError(`no model ${id}`);
  return model;
}
