/** A JSON object, not an array or `null`. */
export type JsonObject = Record<string, unknown>;

/** Whether a value is a {@linkcode JsonObject}. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Parses a JSON object. Returns `null` if the text is not JSON or not an object. */
export function parseJsonObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** Returns a value if it is a {@linkcode JsonObject}, else an empty one, to read members of nested objects. */
export function objectOrEmpty(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** Returns the objects in a list; none if a value is not a list. */
export function objectsIn(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** Returns a value if it is a string, else `null`. */
export function stringOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** Returns a value if it is a number, else `null`. */
export function numberOrNull(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

/** Returns a value if it is a boolean, else `null`. */
export function booleanOrNull(value: unknown): boolean | null {
  return typeof value === "boolean" ? value : null;
}
