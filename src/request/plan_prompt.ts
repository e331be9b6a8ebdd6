import type { CacheRoute } from "./cache_key.ts";
import type { Prompt, RequestBody } from "../prompt.ts";
import { requestBody } from "./request_body.ts";
import type { Settings } from "../options/settings.ts";
import { isPrefilled } from "./is_prefilled.ts";
import { modelFamily } from "./model_family.ts";
import { plainMessages } from "./plain_messages.ts";
import { prefillMessages } from "./prefill_messages.ts";
import { prefillObjection } from "./prefill_support.ts";
import { type TemplateName, templateName } from "./template_name.ts";
import { templateVersion } from "./template_version.ts";

/** The address of OpenRouter's API. */
export const OPENROUTER_BASE_URL = "https://openrouter.ai/api/v1";

/** All that the samples of one prompt share, worked out once. */
export interface PromptPlan {
  /** The prompt as the caller gave it. */
  readonly prompt: Prompt;
  /** What is asked for, as the body of a chat, without the seed. */
  readonly body: RequestBody;
  /** The API's address, without a slash at its end. */
  readonly baseUrl: string;
  /** Where the body is posted. */
  readonly url: string;
  /** The same where it is not OpenRouter's own address for chats; else null. */
  readonly otherEndpoint: string | null;
  /** The chat template by which the messages are sent as one text; null where they are sent as they are. */
  readonly template: TemplateName | null;
  /** How it is sent, beyond the body; null where that is as usual. */
  readonly route: CacheRoute | null;
  /** The beginning of the model's reasoning that the prompt gives; null where it gives none. */
  readonly prefill: string | null;
  /** Why the model will not go on with it; null where nothing is known against it. */
  readonly objection: string | null;
  /** What the caller should know about the prompt. */
  readonly warnings: readonly string[];
}

/**
 * Works out what is sent for a prompt.
 *
 * @throws {TypeError} Where the prompt is neither text nor a list of messages.
 */
export function planPrompt(
  prompt: Prompt,
  settings: Settings,
  baseUrl: string,
): PromptPlan {
  checkPrompt(prompt);
  const { model } = settings;
  const snapshot = asJson("prompt", prompt);
  // Once more as it is sent: a hole in the list is null there, and toJSON may give anything.
  checkPrompt(snapshot);
  const template = templateFor(snapshot, settings);
  const { messages, prefill, warnings } = prefillMessages(
    snapshot,
    model,
    template === null ? modelFamily(model) : "think",
  );
  // What a raw prompt cannot hold is said before anything is loaded or paid.
  if (template !== null) plainMessages(messages);
  const body = asJson("options", requestBody(messages, settings));
  const address = baseUrl.replace(/\/+$/, "");
  const isRaw = template !== null;
  const url = `${address}/${isRaw ? "completions" : "chat/completions"}`;
  const isUsual = address === OPENROUTER_BASE_URL && !isRaw;
  return {
    prompt: snapshot,
    body,
    baseUrl: address,
    url,
    otherEndpoint: isUsual ? null : url,
    template,
    route: routeOf(template, {
      settings,
      isPrefilled: isPrefilled(snapshot),
    }),
    prefill,
    objection: isRaw || !isPrefilled(snapshot) ? null : prefillObjection(model),
    warnings: asksForLogprobs(settings)
      ? [...warnings, LOGPROBS_WARNING]
      : warnings,
  };
}

/** The template by which a prompt is sent as one text; null where it is sent as messages. */
function templateFor(
  prompt: Prompt,
  { model, prefillVia, tools, extraBody }: Settings,
): TemplateName | null {
  const isRaw = prefillVia === "completions" ||
    (prefillVia === "auto" && modelFamily(model) === "harmony" &&
      isPrefilled(prompt));
  if (!isRaw) return null;
  const template = templateName(model);
  const why = prefillVia === "auto"
    ? `${model} goes on with a thought by a raw prompt alone, which`
    : 'prefillVia "completions"';
  if (template === null) {
    throw new TypeError(
      `${why} needs the model's chat template, and that of ${model} is not known`,
    );
  }
  for (
    const [name, value] of [["tools", tools], [
      "extraBody.models",
      extraBody?.models,
    ]]
  ) {
    if (value === undefined) continue;
    throw new TypeError(`${why} has no place for ${name}`);
  }
  return template;
}

/** How a request is sent, beyond its body; null where that is as usual. */
function routeOf(
  template: TemplateName | null,
  { settings, isPrefilled }: {
    readonly settings: Settings;
    readonly isPrefilled: boolean;
  },
): CacheRoute | null {
  const { pinProvider, provider } = settings;
  const isChosen = provider?.only !== undefined ||
    provider?.order !== undefined;
  const isVerified = settings.verifyPrefill ??
    (template !== null && !isChosen);
  const route = {
    ...(template === null ? {} : { template: templateVersion(template) }),
    ...(pinProvider ? { pin: "first" as const } : {}),
    ...(isVerified && (isPrefilled || template !== null)
      ? { verified_prefill: true }
      : {}),
  };
  return Object.keys(route).length === 0 ? null : route;
}

const LOGPROBS_WARNING =
  "logprobs: providers differ in whether and what they give; see Response.logprobs, " +
  "and choose them by the option provider";

function asksForLogprobs({ logprobs, topLogprobs }: Settings): boolean {
  return logprobs === true || (topLogprobs ?? 0) > 0;
}

/**
 * A value as JSON has it, in a copy: what is hashed, sent and kept is then the same, whatever the
 * caller does with the original.
 */
function asJson<T>(name: string, value: T): T {
  try {
    return JSON.parse(JSON.stringify(value));
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new TypeError(`${name} must be what JSON can hold: ${reason}`);
  }
}

function checkPrompt(prompt: unknown): void {
  if (typeof prompt === "string") {
    if (prompt === "") throw new TypeError("prompt must not be empty");
    if (prompt.isWellFormed()) return;
    throw new TypeError("prompt must be well-formed Unicode text");
  }
  if (!Array.isArray(prompt) || prompt.length === 0) {
    throw new TypeError(
      `prompt must be a text or a list of at least one message, got ${
        Array.isArray(prompt) ? "an empty list" : typeof prompt
      }`,
    );
  }
  prompt.forEach((message, index) => {
    if (typeof message?.role !== "string") {
      throw new TypeError(
        `prompt[${index}] must be a message with a role, such as { role: "user", content: "…" }`,
      );
    }
  });
}
