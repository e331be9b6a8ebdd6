import type { JsonObject } from "../util/json_object.ts";
import type { MockEndpoint } from "./endpoints.ts";
import { HttpError } from "./http_error.ts";
import type { MockModel } from "./models.ts";
import type { CompletionRequest } from "./parse_request.ts";

/** The model and the provider that serve a request. */
export interface ChosenEndpoint {
  readonly model: MockModel;
  readonly endpoint: MockEndpoint;
}

/**
 * Chooses the model and the provider of a request by its `model`, `models` and `provider`. A
 * request without a model gets the first one of the server.
 *
 * @throws {HttpError} With status 404 if no model or no provider is left.
 */
export function chooseEndpoint(
  models: ReadonlyMap<string, MockModel>,
  request: CompletionRequest,
): ChosenEndpoint {
  const model = request.models.length === 0
    ? models.values().next().value
    : request.models.map((id) => models.get(id)).find((model) => model);
  if (model === undefined) {
    throw new HttpError(404, `No endpoints found for ${request.models[0]}.`);
  }
  const endpoint = chooseProvider(model.endpoints, request.provider);
  if (endpoint === undefined) {
    throw new HttpError(
      404,
      "No allowed providers are available for the selected model.",
      { available_providers: model.endpoints.map(({ tag }) => tag) },
    );
  }
  return { model, endpoint };
}

function chooseProvider(
  endpoints: readonly MockEndpoint[],
  provider: JsonObject,
): MockEndpoint | undefined {
  const { only, ignore, order, quantizations } = provider;
  const allowed = endpoints.filter((endpoint) =>
    (!isList(only) || names(only, endpoint)) &&
    (!isList(ignore) || !names(ignore, endpoint)) &&
    (!isList(quantizations) || quantizations.includes(endpoint.quantization))
  );
  if (!isList(order)) return allowed[0];
  for (const name of order) {
    const found = allowed.find((endpoint) => names([name], endpoint));
    if (found !== undefined) return found;
  }
  return provider.allow_fallbacks === false ? undefined : allowed[0];
}

function names(list: readonly unknown[], endpoint: MockEndpoint): boolean {
  const { tag, providerName } = endpoint;
  return list.some((name) =>
    name === tag || name === tag.split("/")[0] || name === providerName
  );
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 0;
}
