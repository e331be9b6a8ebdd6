import { isJsonObject, type JsonObject } from "../util/json_object.ts";

/** Returns the choice with the index 0, or the first one if the choices have no indexes. */
export function firstChoice(body: JsonObject): JsonObject | null {
  if (!Array.isArray(body.choices)) return null;
  const choices: unknown[] = body.choices;
  const choice =
    choices.find((choice) => isJsonObject(choice) && choice.index === 0) ??
      choices[0];
  return isJsonObject(choice) ? choice : null;
}
