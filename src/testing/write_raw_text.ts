import { continuePrefill } from "./continue_prefill.ts";
import type { MockModel } from "./models.ts";
import type { MockEndpoint } from "./endpoints.ts";
import { MockHttpError } from "./http_error.ts";
import type { Random } from "./random.ts";
import { inventThought } from "./invent_text.ts";
import { readTemplate } from "./read_template.ts";
import type { Draft } from "./write_chat.ts";

/** What {@linkcode writeRawText} needs beside the prompt. */
export interface WriteRawTextOptions {
  /** Who writes. */
  readonly model: MockModel;
  /** Another source gives another text. */
  readonly random: Random;
  /** Whose offer of the model it is; undefined takes the prompt as it is. */
  readonly endpoint: MockEndpoint | undefined;
}

/**
 * Writes the text that goes on a raw prompt, with the marks of the prompt's own template.
 *
 * @throws {MockHttpError} With status 404 where the provider refuses raw text.
 */
export function writeRawText(
  prompt: string,
  { model, random, endpoint }: WriteRawTextOptions,
): Draft {
  if (endpoint?.raw === "refuse") {
    throw new MockHttpError(404, "Provider returned error", {
      metadata: {
        error_type: "not_found",
        provider_name: endpoint.providerName,
        raw: REFUSAL,
      },
    });
  }
  const text = continueText(model, prompt, random);
  const content = endpoint?.raw === "strip" ? text.replaceAll(MARK, "") : text;
  return { reasoning: null, content };
}

const REFUSAL =
  '{"error":{"message":"This model does not support the completions endpoint. ' +
  'Use chat/completions instead.","type":"invalid_request_error"}}';

/** The marks that are one token in a template: `<|end|>`, and DeepSeek's with wide bars. */
const MARK = /<[|｜][^<>|｜]*[|｜]>/g;

function continueText(
  model: MockModel,
  prompt: string,
  random: Random,
): string {
  const template = readTemplate(prompt);
  const { open, close, prefill } = template;
  const plan = inventThought(template.question, random);
  const thinks = model.reasoning !== "never" && template.hasChannels;
  if (prefill === "" && thinks) {
    return `${open}${plan.reasoning}${close}${plan.answer}`;
  }
  // A model without thoughts answers at once where the prompt has not begun one.
  const isAnswering = template.isAnswering || (!thinks && open !== "");
  const { reasoning, answer } = continuePrefill(
    isAnswering
      ? { thought: template.thought, answer: prefill }
      : { thought: prefill, answer: null },
    plan,
    random,
  );
  return reasoning === null ? answer : `${reasoning}${close}${answer}`;
}
