import type { ProviderPreferences } from "../prompt.ts";
import { narrowProviders } from "../catalog/narrow_providers.ts";
import { isContinuation } from "../prefill_outcome.ts";
import type {
  EndpointVerdict,
  PrefillReport,
  PrefillRoute,
} from "./prefill_report.ts";

/** The least share of probes with which a provider must have gone on. */
const MIN_SHARE = 0.9;

/**
 * The endpoints that go on with the beginning of a thought by a route, as `provider.only` takes them:
 * those that do it always and as they should, where there are any; else those whose texts can be
 * put right. Those that go on with answers too come before those that do not.
 *
 * @param report The report of a probe.
 * @param route How the thought reaches the model.
 * @param preferences Which endpoints may serve at all; all of them where it is left out.
 *
 * @example
 * ```ts
 * import { RolloutsClient, goodTags } from "@rollouts/client";
 * import { MockOpenRouter } from "@rollouts/client/testing";
 *
 * await using mock = await MockOpenRouter.start();
 * await using client = new RolloutsClient({
 *   model: "qwen/qwen3-235b-a22b",
 *   baseUrl: mock.baseUrl,
 *   apiKey: "sk-example",
 *   cacheDir: Deno.makeTempDirSync(),
 * });
 * const report = await client.probePrefill();
 * console.log({ provider: { only: goodTags(report, "chat") } });
 * ```
 */
export function goodTags(
  { verdicts }: PrefillReport,
  route: PrefillRoute,
  preferences: ProviderPreferences = {},
): string[] {
  const allowed = verdicts.filter((verdict) =>
    verdict.route === route && isAllowed(verdict, preferences)
  );
  for (const isGood of [isPerfect, isWhole, goesOn]) {
    const good = allowed.filter(isGood);
    if (good.length > 0) return good.map(({ tag }) => tag);
  }
  return [];
}

/** Whether a request with these preferences may be served by an endpoint. */
function isAllowed(
  { tag, quantization }: EndpointVerdict,
  preferences: ProviderPreferences,
): boolean {
  const { quantizations, order, allow_fallbacks } = preferences;
  const isOrdered = allow_fallbacks !== false || order === undefined ||
    narrowProviders({ only: order }, [tag]) !== null;
  return isOrdered && narrowProviders(preferences, [tag]) !== null &&
    (quantizations === undefined || quantizations.length === 0 ||
      quantizations.includes(quantization ?? "unknown"));
}

function isPerfect(verdict: EndpointVerdict): boolean {
  return verdict.outcome === "continued" && verdict.share === 1 &&
    verdict.answerOutcome === "continued" && verdict.answerShare === 1;
}

function isWhole(verdict: EndpointVerdict): boolean {
  return goesOn(verdict) && verdict.answerOutcome !== null &&
    isContinuation(verdict.answerOutcome) && verdict.answerShare >= MIN_SHARE;
}

function goesOn({ outcome, share }: EndpointVerdict): boolean {
  return outcome !== null && isContinuation(outcome) && share >= MIN_SHARE;
}
