import { ResponseError, RolloutsError } from "../errors.ts";
import type { Settings } from "../options/settings.ts";
import type { Message, Prompt } from "../prompt.ts";
import { applyDialect } from "../request/apply_dialect.ts";
import { buildRequest } from "../request/build_request.ts";
import { modelFamily } from "../request/model_family.ts";
import { plainMessages } from "../request/plain_messages.ts";
import { prefillMessages } from "../request/prefill_messages.ts";
import { renderTemplate } from "../request/render_template.ts";
import { nativeUrl } from "../request/score_request.ts";
import type { Scoring } from "../request/servers/server_dialect.ts";
import { templateName } from "../request/template_name.ts";
import type { ServerName } from "../server_name.ts";
import type { JsonObject } from "../util/json_object.ts";
import { OPEN_TAG } from "../think_tags.ts";
import { postJson } from "./post_json.ts";

/** A text whose tokens are requested. */
export interface ScoredCall {
  readonly prompt: Prompt;
  readonly text: string;
  /** Whether the prompt is raw text. */
  readonly raw: boolean;
  /** The API's base URL, without a slash at the end. */
  readonly baseUrl: string;
  readonly settings: Settings;
}

/**
 * Returns the body of a chat whose last message ends with the text, as the server expects a prefill, or
 * `null` if the prompt is raw or rendered.
 */
export function chatWithText(
  { prompt, text, raw, baseUrl, settings }: ScoredCall,
  server: ServerName,
): Readonly<JsonObject> | null {
  const { model, extraBody, prefillVia } = settings;
  const isRendered = prefillVia === "completions" ||
    modelFamily(model) === "harmony";
  if (raw || isRendered) return null;
  const { messages } = prefillMessages(prompt, model, "think");
  const body = { model, messages: withText(messages, text), ...extraBody };
  const request = buildRequest(body.messages, settings, baseUrl);
  return applyDialect({ ...request, sentBody: body }, server).sentBody;
}

/** Appends the text to the assistant's message, which it begins if the prompt does not. */
function withText(messages: readonly Message[], text: string): Message[] {
  const last = messages.at(-1);
  if (last?.role !== "assistant") {
    return [...messages, { role: "assistant", content: text }];
  }
  const { content } = last;
  const whole = Array.isArray(content)
    ? [...content, { type: "text", text }]
    : `${content ?? ""}${text}`;
  return [...messages.slice(0, -1), { ...last, content: whole }];
}

/**
 * Returns the raw text of a prompt: as it is, or rendered by the chat template of the server or of this
 * package.
 *
 * @throws {RolloutsError} If the chat template is unknown.
 */
export async function rawPromptOf(
  call: ScoredCall,
  { messages }: Extract<Scoring, { readonly messages?: unknown }>,
): Promise<{ readonly prompt: string; readonly isRendered: boolean }> {
  const { prompt, raw, baseUrl, settings } = call;
  if (raw) return { prompt: String(prompt), isRendered: false };
  const { model, prefillVia } = settings;
  if (messages === "apply-template" && prefillVia !== "completions") {
    return { prompt: await renderOnServer(call), isRendered: true };
  }
  if (templateName(model) === null) {
    throw new RolloutsError(
      `to score a text, the server needs the raw prompt, and the chat template of ${model} is unknown: ` +
        "render the prompt yourself, and set raw: true",
    );
  }
  const request = buildRequest(
    prompt,
    { ...settings, prefillVia: "completions", topLogprobs: undefined },
    baseUrl,
  );
  const { sentBody } = await renderTemplate(request, settings);
  return { prompt: String(sentBody.prompt), isRendered: true };
}

/** Renders messages with the chat template of llama.cpp's server. A prefill follows as it is. */
async function renderOnServer(
  { prompt, baseUrl, settings }: ScoredCall,
): Promise<string> {
  const { messages } = prefillMessages(prompt, settings.model, "think");
  const last = messages.at(-1);
  const isPrefilled = last?.role === "assistant";
  const url = nativeUrl(baseUrl, "/apply-template");
  const answer = await postJson(url, {
    messages: isPrefilled ? messages.slice(0, -1) : messages,
  }, settings);
  const rendered = answer?.prompt;
  if (typeof rendered !== "string") {
    throw new ResponseError(`unexpected response from ${url}: no prompt`);
  }
  if (!isPrefilled) return rendered;
  const { content } = plainMessages([last])[0]!;
  // A prefill replaces the start of the reasoning that the template writes itself.
  return content.startsWith(OPEN_TAG)
    ? rendered.replace(/<think>\s*$/, "") + content
    : rendered + content;
}
