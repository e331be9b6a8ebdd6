import { errorFromFailure } from "../error_from_failure.ts";
import type { Settings } from "../options/settings.ts";
import type { PromptPlan } from "../request/plan_prompt.ts";
import { Response } from "../response.ts";
import { sendPrompt } from "../request/send_prompt.ts";
import { sampleRequests } from "../request/sent_prompt.ts";
import { knownQuantization } from "../catalog/known_quantization.ts";
import { type SendContext, sendRequest } from "../transport/send_request.ts";

/** What one request is sent with. */
export interface SendSingleContext extends SendContext {
  /** The key. */
  readonly apiKey: string;
}

/**
 * One sample of a prompt by one request.
 *
 * @throws {RolloutsError} Where what comes is no answer.
 * @throws The signal's reason, where it is aborted.
 */
export async function sendSingle(
  plan: PromptPlan,
  settings: Settings,
  { apiKey, ...context }: SendSingleContext,
): Promise<Response> {
  const sent = await sendPrompt(plan, settings);
  const request = sampleRequests(plan, sent, settings);
  const outcome = await sendRequest(request(settings.seed, apiKey), context);
  if (outcome.type === "failure") throw errorFromFailure(outcome.failure);
  const { response } = outcome;
  const quantization = knownQuantization(
    settings.provider ?? {},
    response.provider,
  );
  return new Response(response, { cached: false, attempts: 1, quantization });
}
