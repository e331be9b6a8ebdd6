import type { KeepAnswer } from "../scheduler/sampling_job.ts";
import type { Notices } from "../notices.ts";
import { knownQuantization } from "../catalog/known_quantization.ts";
import { Response } from "../response.ts";
import type { Call } from "./call.ts";
import { restartError } from "./restart_error.ts";
import { preferencesOf } from "./send_call.ts";
import type { SentPrompt } from "../request/sent_prompt.ts";

/**
 * Makes what turns a call's answers into samples, and keeps them. One in which the model did not go on
 * with the thought that it was given is told, and where the call wants none such, it fails.
 */
export function keepAnswers(
  { settings, cache }: Call,
  sent: SentPrompt,
  notices: Notices,
): KeepAnswer {
  const preferences = preferencesOf(sent);
  return (answer, { attempts, stop }) => {
    const quantization = knownQuantization(preferences, answer.provider);
    const origin = { cached: false, attempts, quantization };
    const response = new Response(answer, origin);
    if (response.prefill === "restarted") {
      const error = restartError(response, settings.model);
      if (!settings.allowUnsupportedPrefill) {
        notices.warn(error.message, `restarted by ${response.provider}`);
      }
      if (settings.requireContinuation) throw error;
    }
    const { rawJson } = answer;
    return cache.keep(response, { rawJson, sent: sent.body }, stop);
  };
}
