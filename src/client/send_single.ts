import { errorFromFailure } from "../error_from_failure.ts";
import type { Settings } from "../options/settings.ts";
import type { PromptRequest } from "../request/build_request.ts";
import { prepareRequests } from "../request/prepare_requests.ts";
import { renderTemplate } from "../request/render_template.ts";
import { Response } from "../response.ts";
import { knownQuantization } from "../catalog/known_quantization.ts";
import { type SendContext, sendRequest } from "../transport/send_request.ts";

/**
 * Requests one sample, once.
 *
 * @throws {RolloutsError} If the request fails.
 * @throws The signal's reason, if it is aborted.
 */
export async function sendSingle(
  request: PromptRequest,
  settings: Settings,
  { apiKey, ...context }: SendContext & { readonly apiKey: string },
): Promise<Response> {
  const sent = await renderTemplate(request, settings);
  const prepare = prepareRequests(sent, settings, { apiKey });
  const outcome = await sendRequest(prepare(settings.seed ?? 0, null), context);
  if (outcome.type === "failure") throw errorFromFailure(outcome.failure);
  const { response } = outcome;
  const quantization = knownQuantization(
    settings.provider ?? {},
    response.provider,
  );
  return new Response(response, { cached: false, attempts: 1, quantization });
}
