import type { ViewAnswerRule, ViewSource } from "./view_data.ts";

/** What is asked for is wrong, or not there. */
export class RequestError extends Error {
  /** `RequestError`. */
  override readonly name: string = "RequestError";
  /** The status of the answer. */
  readonly status: 400 | 404;

  /** Makes it, of what is wrong. */
  constructor(message: string, status: 400 | 404 = 400) {
    super(message);
    this.status = status;
  }
}

const RULES: readonly string[] = ["boxed", "number", "choice", "given"];

const MAX_QUERY_LENGTH = 1_000;
const MAX_HITS = 200;

/**
 * Asks a view for what an address names: `sets?since=3` and so on, by the names of its methods.
 *
 * @throws {RequestError} Where it names nothing, or a parameter is missing or wrong.
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
      );
    case "answers": {
      const rule = required(parameters, "rule");
      if (!RULES.includes(rule)) {
        throw new RequestError(`rule must be one of ${RULES.join(", ")}`);
      }
      return await source.answers(
        required(parameters, "set"),
        rule as ViewAnswerRule,
      );
    }
    case "search": {
      const query = required(parameters, "query");
      if (query.length > MAX_QUERY_LENGTH) {
        throw new RequestError(
          `query must have ${MAX_QUERY_LENGTH} characters at the most, got ${query.length}`,
        );
      }
      const limit = Math.min(MAX_HITS, wholeNumber(parameters, "limit"));
      const set = parameters.get("set") || null;
      return await source.search(query, { set, limit });
    }
    default:
      throw new RequestError("there is nothing of that name", 404);
  }
}

function required(parameters: URLSearchParams, name: string): string {
  const value = parameters.get(name);
  if (value !== null) return value;
  throw new RequestError(`${name} is missing`);
}

function wholeNumber(parameters: URLSearchParams, name: string): number {
  const value = required(parameters, name);
  if (/^\d{1,15}$/.test(value)) return Number(value);
  throw new RequestError(`${name} must be a whole number, got ${value}`);
}
