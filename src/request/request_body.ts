import type { Settings } from "../options/options.ts";
import type { Message, RequestBody } from "../prompt.ts";

/**
 * The body of a request for `messages`, without the seed. A penalty of 0 is left
 * out: it changes nothing, and would shut out providers that do not know it
 * where `require_parameters` is set.
 */
export function requestBody(
  messages: readonly Message[],
  settings: Settings,
): RequestBody {
  const body: Record<string, unknown> = {
    temperature: settings.temperature,
    top_p: settings.topP,
    max_tokens: settings.maxTokens,
    top_k: settings.topK,
    presence_penalty: settings.presencePenalty || undefined,
    frequency_penalty: settings.frequencyPenalty || undefined,
    repetition_penalty: settings.repetitionPenalty,
    min_p: settings.minP,
    top_a: settings.topA,
    stop: settings.stop,
    logit_bias: settings.logitBias,
    logprobs: settings.logprobs,
    top_logprobs: settings.topLogprobs,
    response_format: settings.responseFormat,
    tools: settings.tools,
    tool_choice: settings.toolChoice,
    provider: settings.provider,
    reasoning: settings.reasoning,
    include_reasoning: settings.includeReasoning,
    ...settings.extraBody,
  };
  for (const [field, value] of Object.entries(body)) {
    if (value === undefined) delete body[field];
  }
  return { model: settings.model, messages, ...body };
}
