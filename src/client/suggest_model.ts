import { modelEntries } from "../catalog/catalog_entries.ts";
import { tryFetchJson } from "../catalog/fetch_json.ts";
import { similarModel } from "../catalog/similar_model.ts";
import { ApiError } from "../errors.ts";

/** How long to wait for the list of models, in milliseconds. It delays the error of the call. */
const TIMEOUT_MS = 5_000;

/** Matches errors of a request for an unknown model. */
const UNKNOWN_MODEL =
  /not a valid model|no endpoints found|model\b.*\bnot (?:found|exist|available)|not found.*\bmodel/i;

/** Lists the models of a server, or none if it does not answer soon. */
export async function listModelIds(
  baseUrl: string,
  fetch?: typeof globalThis.fetch,
): Promise<readonly string[]> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const result = await tryFetchJson(`${baseUrl}/models`, { signal, fetch })
    .catch(() => null);
  const body = result !== null && "body" in result ? result.body : null;
  return (modelEntries(body) ?? []).map(({ id }) => id);
}

/**
 * Returns the model that a call may have meant, if an unknown model can cause its error, or `null`.
 *
 * @param listModels Lists the models of the server.
 */
export async function suggestModel(
  error: unknown,
  { model, listModels }: {
    readonly model: string;
    readonly listModels: () => Promise<readonly string[]>;
  },
): Promise<string | null> {
  const isUnknown = error instanceof ApiError &&
    (error.status === 400 || error.status === 404) &&
    UNKNOWN_MODEL.test(error.message);
  if (!isUnknown) return null;
  const models = await listModels();
  return models.includes(model) ? null : similarModel(model, models);
}
