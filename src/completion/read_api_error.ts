import {
  isJsonObject,
  type JsonObject,
  objectOrEmpty,
  parseJsonObject,
} from "../util/json_object.ts";

/** The `error` of a body, and the objects in it. */
export interface ApiErrorBody {
  readonly details: JsonObject;
  readonly metadata: JsonObject;
  readonly availability: JsonObject;
}

/** Reads the `error` of a body or of a choice, which may be a string or contain another error. */
export function readApiError(error: unknown): ApiErrorBody {
  const details = unwrapped(error, MAX_LEVELS);
  const metadata = objectOrEmpty(details.metadata);
  return {
    details,
    metadata,
    availability: objectOrEmpty(details.availability ?? metadata.availability),
  };
}

const MAX_LEVELS = 3;

function unwrapped(error: unknown, levels: number): JsonObject {
  if (typeof error === "string") return { message: error };
  const outer = objectOrEmpty(error);
  const inner = isJsonObject(outer.error)
    ? outer.error
    : innerError(outer.message);
  if (inner === null || levels === 0) return outer;
  const { error: _, message: __, ...own } = outer;
  return { ...own, ...unwrapped(inner, levels - 1) };
}

/** Returns the error in a message that is JSON. */
function innerError(message: unknown): JsonObject | null {
  if (typeof message !== "string" || !message.startsWith("{")) return null;
  const error = parseJsonObject(message)?.error;
  return isJsonObject(error) ? error : null;
}
