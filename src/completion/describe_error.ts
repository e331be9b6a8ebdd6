import { isOpenRouter } from "../openrouter_url.ts";
import { isJsonObject, type JsonObject } from "../util/json_object.ts";
import type { HttpAnswer } from "./http_answer.ts";
import type { ApiErrorBody } from "./read_api_error.ts";

/** The request and choice that an error belongs to. */
export interface ErrorPlace {
  readonly url: string;
  /** The headers of the request. */
  readonly headers: Readonly<Record<string, string>>;
  readonly choice?: Readonly<JsonObject>;
}

/** Returns the message of an error: those of the API and the provider, where it occurred, and what to do. */
export function describeError(
  status: number,
  { status: httpStatus, headers, text }: HttpAnswer,
  { details, metadata }: ApiErrorBody,
  { url, headers: sent, choice }: ErrorPlace,
): string {
  const isHtml = text.trimStart().startsWith("<");
  if (httpStatus >= 300 && httpStatus < 400) {
    const target = headers.get("location") ?? "an unknown URL";
    return `${url} redirects to ${target} (status ${httpStatus}): set baseUrl to the URL of the API`;
  }
  const said = typeof details.message === "string"
    ? details.message
    : text.trim().slice(0, 200) || "no message";
  const { host } = new URL(url);
  const server = isOpenRouter(url) ? "OpenRouter" : host;
  const parts = [`${server} answered ${status}: ${said}`];
  if (typeof metadata.provider_name === "string") {
    parts.push(`provider ${metadata.provider_name}`);
  }
  if (metadata.raw != null) parts.push(`cause ${shown(metadata.raw)}`);
  if (Array.isArray(metadata.reasons)) {
    parts.push(`flagged for ${metadata.reasons.map(shown).join(", ")}`);
  }
  if (metadata.patterns != null) {
    parts.push(`patterns ${shown(metadata.patterns)}`);
  }
  if (
    Array.isArray(metadata.previous_errors) &&
    metadata.previous_errors.length > 0
  ) {
    parts.push(
      `earlier errors ${
        metadata.previous_errors.map(previousError).join(", ")
      }`,
    );
  }
  const native = choice?.native_finish_reason ?? metadata.native_finish_reason;
  if (typeof native === "string") parts.push(`finish reason ${native}`);
  if (status === 401) {
    const hasKey = Object.keys(sent)
      .some((name) => name.toLowerCase() === "authorization");
    parts.push(
      hasKey
        ? "check the key in OPENROUTER_API_KEY or apiKey"
        : "no key was sent: set OPENROUTER_API_KEY or pass apiKey; " +
          `OPENROUTER_API_KEY is sent to ${host} only if OPENROUTER_BASE_URL has that host, or if you pass sendKeyTo: "${host}"`,
    );
  }
  if (status === 402) parts.push("check the credit of the account and the key");
  if (status === 404 && isHtml) {
    parts.push(
      `${url} is a web page: baseUrl must end with /api/v1, such as https://openrouter.ai/api/v1`,
    );
  } else if (status === 404 && !/\/v\d/.test(new URL(url).pathname)) {
    parts.push(`${url} has no version: does baseUrl end with /v1?`);
  }
  return parts.join("; ");
}

function previousError(error: unknown): string {
  if (!isJsonObject(error)) return shown(error);
  const { code, message } = error;
  return [code, message].filter((part) => part != null).map(shown).join(" ") ||
    shown(error);
}

function shown(raw: unknown): string {
  const text = typeof raw === "string" ? raw : JSON.stringify(raw) ?? "null";
  return text.length <= 300 ? text : `${text.slice(0, 300)}…`;
}
