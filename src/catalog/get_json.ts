import { errorFromFailure } from "../error_from_failure.ts";
import type { JsonObject } from "../util/json_object.ts";
import { askJson } from "./ask_json.ts";

/**
 * The JSON object at an address; null where what comes is none.
 *
 * @throws {ApiError} Where the API answers with an error.
 * @throws {NetworkError} Where no answer comes.
 */
export async function getJson(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<JsonObject | null> {
  const reply = await askJson(url, { headers });
  if ("failure" in reply) throw errorFromFailure(reply.failure);
  return reply.body;
}
