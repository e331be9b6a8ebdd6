import type { ViewSource } from "./view_data.ts";

/** A request to the viewer's API is invalid, or names something that does not exist. */
export class RequestError extends Error {
  /** `RequestError`. */
  override readonly name: string = "RequestError";
  /** The HTTP status of the response. */
  readonly status: 400 | 404;

  /** Creates an error with a message for the page. */
  constructor(message: string, status: 400 | 404 = 400) {
    super(message);
    this.status = status;
  }
}

const MAX_QUERY_LENGTH = 1_000;
const MAX_HITS = 200;
const MAX_SETS = 100;

/**
 * Calls the method of a view that an address names, such as `sets?since=3`.
 *
 * @throws {RequestError} If there is no such method, or a parameter is missing or invalid.
 */
export async function answerRequest(
  source: ViewSource,
  method: string,
  parameters: URLSearchParams,
): Promise<unknown> {
  switch (method) {
    case "sets":
      return await source.sets(wholeNumber(parameters, "since"));
    case "samples":
      return await source.samples(required(parameters, "set"));
    case "sample":
      return await source.sample(
        required(parameters, "set"),
        required(parameters, "name"),
        { withLogprobs: parameters.has("logprobs") },
      );
    case "answers":
      return await source.answers(severalSets(parameters));
    case "search": {
      const query = required(parameters, "query");
      if (query.length > MAX_QUERY_LENGTH) {
        throw new RequestError(
          `query must contain at most ${MAX_QUERY_LENGTH} characters, got ${query.length}`,
        );
      }
      const limit = Math.min(MAX_HITS, wholeNumber(parameters, "limit"));
      const set = parameters.get("set") || null;
      return await source.search(query, { set, limit });
    }
    default:
      throw new RequestError("unknown method", 404);
  }
}

function required(parameters: URLSearchParams, name: string): string {
  const value = parameters.get(name);
  if (value !== null) return value;
  throw new RequestError(`${name} is missing`);
}

function severalSets(parameters: URLSearchParams): string[] {
  required(parameters, "set");
  const sets = parameters.getAll("set");
  if (sets.length <= MAX_SETS) return sets;
  throw new RequestError(
    `set must be given at most ${MAX_SETS} times, got ${sets.length}`,
  );
}

function wholeNumber(parameters: URLSearchParams, name: string): number {
  const value = required(parameters, name);
  if (/^\d{1,15}$/.test(value)) return Number(value);
  throw new RequestError(`${name} must be an integer, got ${value}`);
}
