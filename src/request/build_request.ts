import type { CompletionFormat } from "../prepared_request.ts";
import type { SampledRequest } from "../response.ts";
import { samplingOptions, type Settings } from "../options/settings.ts";
import type { CacheKeyInput, CacheRoute } from "./cache_key_input.ts";
import type { Prompt } from "../prompt.ts";
import { checkPrompt } from "./check_prompt.ts";
import { requestBody } from "./request_body.ts";
import { isPrefilled } from "./is_prefilled.ts";
import { modelFamily } from "./model_family.ts";
import { OPENROUTER_BASE_URL } from "../openrouter_url.ts";
import { plainMessages } from "./plain_messages.ts";
import { prefillMessages } from "./prefill_messages.ts";
import { prefillObjection } from "./prefill_objection.ts";
import { type TemplateName, templateName } from "./template_name.ts";
import { templateVersion } from "./template_text.ts";
import { reasonOf } from "../util/reason_of.ts";

/** The parts that the requests for all samples of one prompt share. */
export interface PromptRequest extends CacheKeyInput {
  /** The request that samples report. */
  readonly sampled: SampledRequest;
  /** The API's base URL, without a slash at the end. */
  readonly baseUrl: string;
  readonly url: string;
  /** The chat template that renders the messages to one text, or `null` to send messages. */
  readonly template: TemplateName | null;
  /** The part of the model's reasoning that the prompt contains, or `null`. */
  readonly prefill: string | null;
  /** Why the model is known not to continue the prefill, or `null`. */
  readonly objection: string | null;
  /** The body that is sent, without the seed. It differs from `body` after rendering or pinning. */
  readonly sentBody: Readonly<Record<string, unknown>>;
  /** The field for the seed, or `null` if the server has none. */
  readonly seedField: string | null;
  /** Whether the server always repeats the prefill at the start of the content. */
  readonly repeatsPrefill: boolean;
  /** How to read the completion of a rendered prompt, or `null` for a chat. */
  readonly format: CompletionFormat | null;
  readonly warnings: readonly string[];
}

/**
 * Builds the request for a prompt, as the body of a chat.
 *
 * @param baseUrl The API's base URL, without a slash at the end.
 * @throws {TypeError} If the prompt is neither text nor a list of messages.
 */
export function buildRequest(
  prompt: Prompt,
  settings: Settings,
  baseUrl: string,
): PromptRequest {
  checkPrompt(prompt);
  const { model } = settings;
  const snapshot = asJson("prompt", prompt);
  // Again as it is sent: JSON turns a hole in the list into null, and toJSON may return anything.
  checkPrompt(snapshot);
  const template = templateFor(snapshot, settings);
  const { messages, prefill, warnings } = prefillMessages(
    snapshot,
    model,
    template === null ? modelFamily(model) : "think",
  );
  // Throws before anything is loaded or paid if a raw prompt cannot contain the messages.
  if (template !== null) plainMessages(messages);
  const body = asJson("options", requestBody(messages, settings));
  const isRaw = template !== null;
  const url = `${baseUrl}/${isRaw ? "completions" : "chat/completions"}`;
  const isUsual = baseUrl === OPENROUTER_BASE_URL && !isRaw;
  return {
    prompt: snapshot,
    sampled: { prompt: snapshot, options: samplingOptions(settings) },
    body,
    sentBody: body,
    seedField: "seed",
    repeatsPrefill: false,
    format: null,
    baseUrl,
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

/** Returns the template that renders a prompt to one text, or `null` to send messages. */
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
    ? `${model} continues a prefill only as a raw prompt, which`
    : 'prefillVia "completions"';
  if (template === null) {
    throw new TypeError(
      `${why} needs the chat template of ${model}, which is unknown`,
    );
  }
  for (
    const [name, value] of [["tools", tools], [
      "extraBody.models",
      extraBody?.models,
    ]]
  ) {
    if (value === undefined) continue;
    throw new TypeError(`${why} does not support ${name}`);
  }
  return template;
}

/** Returns how a request is sent besides its body, or `null` for the default. */
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
    ...(settings.seed === null ? { seed: "none" as const } : {}),
    ...(pinProvider ? { pin: "first" as const } : {}),
    ...(isVerified && (isPrefilled || template !== null)
      ? { verified_prefill: true }
      : {}),
  };
  return Object.keys(route).length === 0 ? null : route;
}

const LOGPROBS_WARNING =
  "logprobs: not every provider returns them; check Response.logprobs, " +
  "and set provider to choose providers";

function asksForLogprobs({ logprobs, topLogprobs }: Settings): boolean {
  return logprobs === true || (topLogprobs ?? 0) > 0;
}

/**
 * Copies a value as JSON, so that the hashed, sent, and stored values are equal, whatever the caller
 * does with the original.
 */
function asJson<T>(name: string, value: T): T {
  try {
    return JSON.parse(JSON.stringify(value));
  } catch (error) {
    throw new TypeError(
      `${name} must be serializable as JSON: ${reasonOf(error)}`,
    );
  }
}
