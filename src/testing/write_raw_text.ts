import type { ChosenEndpoint } from "./choose_endpoint.ts";
import { continuePrefill } from "./continue_prefill.ts";
import { PROVIDER_ERROR } from "./faults.ts";
import { HttpError } from "./http_error.ts";
import { type AssistantText, inventText } from "./invent_text.ts";
import type { MockModel } from "./models.ts";
import type { Random } from "./random.ts";
import { readTemplate } from "./read_template.ts";

/** What {@linkcode writeRawText} needs besides the prompt. */
export interface WriteRawTextOptions extends ChosenEndpoint {
  /** Where the choices come from. */
  readonly random: Random;
}

/**
 * Continues a raw prompt in its own chat template.
 *
 * @throws {HttpError} With status 404 if the provider rejects raw prompts.
 */
export function writeRawText(
  prompt: string,
  { model, random, endpoint }: WriteRawTextOptions,
): AssistantText {
  if (endpoint.rawPrompt === "reject") {
    throw new HttpError(404, PROVIDER_ERROR, {
      error_type: "not_found",
      provider_name: endpoint.providerName,
      raw: UNSUPPORTED,
    });
  }
  const text = continueText(model, prompt, random);
  const content = endpoint.rawPrompt === "strip"
    ? text.replaceAll(SPECIAL_TOKEN, "")
    : text;
  return { reasoning: null, content };
}

const UNSUPPORTED =
  '{"error":{"message":"This model does not support the completions endpoint. ' +
  'Use chat/completions instead.","type":"invalid_request_error"}}';

/** `<|end|>` and the like, and DeepSeek's with full-width bars. */
const SPECIAL_TOKEN = /<[|｜][^<>|｜]*[|｜]>/g;

function continueText(
  model: MockModel,
  prompt: string,
  random: Random,
): string {
  const template = readTemplate(prompt);
  const { open, close, prefill } = template;
  const plan = inventText(template.question, random);
  const reasons = model.reasoning !== "never" && template.hasChannels;
  if (prefill === "" && reasons) {
    return `${open}${plan.reasoning}${close}${plan.content}`;
  }
  // A model without reasoning answers at once, unless the prompt has begun to reason.
  const isAnswering = template.isAnswering || (!reasons && open !== "");
  const { reasoning, content } = continuePrefill(
    isAnswering
      ? { reasoning: template.reasoning, content: prefill }
      : { reasoning: prefill, content: null },
    plan,
    random,
  );
  return reasoning === null ? content : `${reasoning}${close}${content}`;
}
