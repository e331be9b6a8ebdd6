/** An object as JSON has it: no array, not null. */
export type JsonObject = Record<string, unknown>;

/** Whether a value is a {@linkcode JsonObject}. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object that a text spells out; null where it is not JSON or no object. */
export function parseJsonObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}
