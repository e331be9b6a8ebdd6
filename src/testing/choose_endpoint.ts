import type { MockModel } from "./models.ts";
import type { MockEndpoint } from "./endpoints.ts";
import { MockHttpError } from "./http_error.ts";
import type { MockGenerationRequest } from "./parse_request.ts";

/** Who answers a request. */
export interface ChosenEndpoint {
  /** The model. */
  readonly model: MockModel;
  /** The provider's offer of it. */
  readonly endpoint: MockEndpoint;
}

/**
 * Chooses the model and the provider of a request by `model`, `models` and `provider`. A request
 * without a model goes to the first of the list.
 *
 * @param models The models there are.
 * @param request What was asked.
 * @throws {MockHttpError} With status 404 where no model or no provider is left.
 */
export function chooseEndpoint(
  models: ReadonlyMap<string, MockModel>,
  request: MockGenerationRequest,
): ChosenEndpoint {
  const model = request.models.length === 0
    ? models.values().next().value
    : request.models.map((id) => models.get(id)).find((model) => model);
  if (model === undefined) {
    throw new MockHttpError(
      404,
      `No endpoints found for ${request.models[0]}.`,
    );
  }
  const endpoint = chooseProvider(model.endpoints, request.provider);
  if (endpoint === undefined) {
    throw new MockHttpError(
      404,
      "No allowed providers are available for the selected model.",
      {
        metadata: {
          available_providers: model.endpoints.map(({ tag }) => tag),
        },
      },
    );
  }
  return { model, endpoint };
}

function chooseProvider(
  endpoints: readonly MockEndpoint[],
  provider: Readonly<Record<string, unknown>>,
): MockEndpoint | undefined {
  const { only, ignore, order, quantizations } = provider;
  const allowed = endpoints.filter((endpoint) =>
    (!isList(only) || names(only, endpoint)) &&
    (!isList(ignore) || !names(ignore, endpoint)) &&
    (!isList(quantizations) || quantizations.includes(endpoint.quantization))
  );
  const ordered = isList(order)
    ? order.map((name) => allowed.find((endpoint) => names([name], endpoint)))
      .find((endpoint) => endpoint)
    : undefined;
  if (ordered !== undefined) return ordered;
  return isList(order) && provider.allow_fallbacks === false
    ? undefined
    : allowed[0];
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
