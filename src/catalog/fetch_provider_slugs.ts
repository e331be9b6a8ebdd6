import { isJsonObject } from "../util/json_object.ts";
import { getJson } from "./get_json.ts";

/**
 * The slugs of providers, as requests take them, by the names that answers give.
 *
 * @throws {ApiError} Where the API answers with an error.
 * @throws {NetworkError} Where no answer comes.
 */
export async function fetchProviderSlugs(
  baseUrl: string,
): Promise<ReadonlyMap<string, string>> {
  const body = await getJson(`${baseUrl}/providers`);
  const providers = Array.isArray(body?.data) ? body.data : [];
  return new Map(
    providers.filter(isJsonObject)
      .map(({ name, slug }) => [String(name), String(slug)]),
  );
}
