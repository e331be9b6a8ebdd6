import { PrefillError } from "../errors.ts";
import type { ProviderPreferences } from "../prompt.ts";
import { narrowProviders } from "../catalog/narrow_providers.ts";
import { goodTags } from "../prefill/good_tags.ts";
import { routeOf } from "../prefill/route_of.ts";
import type { Call } from "./call.ts";
import { sendPrompt } from "../request/send_prompt.ts";
import type { SentPrompt } from "../request/sent_prompt.ts";

/**
 * What is sent for a call: its prompt, and where that is to be verified, to those endpoints alone that a
 * probe has shown to go on with it.
 *
 * @throws {PrefillError} Where no such endpoint is left, or the model is known not to go on.
 */
export async function sendCall(call: Call): Promise<SentPrompt> {
  const { plan, settings } = call;
  if (plan.objection !== null && !settings.allowUnsupportedPrefill) {
    throw new PrefillError(
      `${plan.objection}: the thought that the prompt begins would be lost; ` +
        "allowUnsupportedPrefill sends it all the same",
    );
  }
  const sent = await sendPrompt(plan, settings);
  if (!plan.route?.verified_prefill) return sent;
  const route = routeOf(plan);
  const { budget } = call;
  const reports = await call.reports();
  const report = await reports.of({ settings, route, budget });
  const preferences = preferencesOf(sent);
  const tags = goodTags(report, route, preferences);
  const provider = narrowProviders(preferences, tags);
  if (provider !== null) return withProvider(sent, provider);
  const all = goodTags(report, route);
  throw new PrefillError(
    all.length === 0
      ? `nobody who serves ${settings.model} goes on with a thought by ${route}, by the probe of ${report.probedAt}`
      : `the option provider allows nobody who goes on with a thought by ${route}: ` +
        `by the probe of ${report.probedAt}, ${all.join(", ")} do`,
  );
}

/** The same for a narrower choice of providers. */
export function withProvider(
  sent: SentPrompt,
  provider: ProviderPreferences,
): SentPrompt {
  return { ...sent, body: { ...sent.body, provider } };
}

/** Which providers may serve a prompt. */
export function preferencesOf({ body }: SentPrompt): ProviderPreferences {
  return (body.provider ?? {}) as ProviderPreferences;
}
