import { RolloutsError } from "../errors.ts";
import type { EndpointInfo } from "../catalog/catalog_entries.ts";
import type { Prompt } from "../prompt.ts";
import type { GenerateOptions } from "../options/options.ts";
import { Response } from "../response.ts";
import type { Rollouts } from "../rollouts.ts";
import { isContinuation, type PrefillOutcome } from "../prefill_outcome.ts";
import { judgeProbe } from "./judge_probe.ts";
import type {
  EndpointVerdict,
  PrefillReport,
  PrefillRoute,
} from "./prefill_report.ts";
import { type ProbeQuestion, probeQuestions } from "./probe_question.ts";

/** What a probe needs. */
export interface ProbeContext {
  /** Who serves the model. */
  readonly endpoints: readonly EndpointInfo[];
  /** The routes that there are for it. */
  readonly routes: readonly PrefillRoute[];
  /** How many seeds of each question each endpoint is asked. */
  readonly nSeeds: number;
  /** Samples a prompt. */
  readonly generate: (
    prompt: Prompt,
    options: GenerateOptions,
  ) => Promise<Rollouts>;
  /** When it is, in Unix milliseconds. */
  readonly nowMs: number;
  /** Ends it. */
  readonly signal?: AbortSignal;
}

/** The most tokens of an answer: enough for an echo of the question, and for the end of a word. */
export const PROBE_MAX_TOKENS = 200;

/**
 * Asks each endpoint of a model the questions of {@linkcode probeQuestions}, by each route.
 *
 * @throws {RolloutsError} Where no request can be made at all, as with a key that is not accepted.
 */
export async function probeEndpoints(
  model: string,
  { endpoints, routes, nSeeds, generate, nowMs, signal }: ProbeContext,
): Promise<PrefillReport> {
  const end = new AbortController();
  const given = signal === undefined ? [] : [signal];
  let requests = 0;
  let costUsd = 0;
  const ask = (endpoint: EndpointInfo, route: PrefillRoute) =>
    probeEndpoint(endpoint, route, async (question, seed) => {
      const { responses: [response], errors } = await generate(
        question.prompt,
        {
          model,
          seed,
          provider: { only: [endpoint.tag], allow_fallbacks: false },
          prefillVia: route,
          maxTokens: PROBE_MAX_TOKENS,
          useCache: false,
          allowUnsupportedPrefill: true,
          verifyPrefill: false,
          progressBar: false,
          signal: AbortSignal.any([end.signal, ...given]),
        },
      );
      requests++;
      costUsd += response?.usage.cost ?? 0;
      return response ?? errors.get(seed)!;
    }, nSeeds);
  const asked = routes.flatMap((route) =>
    endpoints.map((endpoint) => ask(endpoint, route))
  );
  try {
    const verdicts = await Promise.all(asked);
    const probedAt = new Date(nowMs).toISOString();
    return { model, probedAt, nSeeds, requests, costUsd, verdicts };
  } catch (error) {
    // What concerns all requests ends them all.
    end.abort(error);
    await Promise.allSettled(asked);
    throw error;
  }
}

interface Judged {
  readonly outcome: PrefillOutcome | null;
  readonly result: Response | RolloutsError;
}

async function probeEndpoint(
  endpoint: EndpointInfo,
  route: PrefillRoute,
  ask: (
    question: ProbeQuestion,
    seed: number,
  ) => Promise<Response | RolloutsError>,
  nSeeds: number,
): Promise<EndpointVerdict> {
  const seeds = Array.from({ length: nSeeds }, (_, seed) => seed);
  const asked = await Promise.all(
    seeds.flatMap((seed) =>
      probeQuestions(seed).map(async (question) => {
        const result = await ask(question, seed);
        return { question, result, outcome: judgeProbe(result, question) };
      })
    ),
  );
  const open = asked.filter(({ question }) => question.isOpen);
  const closed = asked.filter(({ question }) => !question.isOpen);
  const { provider, tag, quantization } = endpoint;
  const { promptUsdPerMillion, completionUsdPerMillion } = endpoint;
  return {
    route,
    provider,
    tag,
    quantization,
    promptUsdPerMillion,
    completionUsdPerMillion,
    outcome: most(open),
    share: shareOf(open),
    answerOutcome: most(closed),
    answerShare: shareOf(closed),
    latencyMs: medianLatency(asked),
    problem: asked.map(({ result }) => result)
      .find((result) => result instanceof RolloutsError)?.message ?? null,
  };
}

/** The outcome that most have; null where none has any. */
function most(judged: readonly Judged[]): PrefillOutcome | null {
  const counts = new Map<PrefillOutcome, number>();
  for (const { outcome } of judged) {
    if (outcome !== null) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

/** The share that went on; what failed for another reason does not count. */
function shareOf(judged: readonly Judged[]): number {
  const outcomes = judged.map(({ outcome }) => outcome)
    .filter((outcome) => outcome !== null);
  if (outcomes.length === 0) return 0;
  return outcomes.filter(isContinuation).length / outcomes.length;
}

function medianLatency(judged: readonly Judged[]): number | null {
  const times = judged.flatMap(({ result }) =>
    result instanceof Response && result.latencyMs !== null
      ? [result.latencyMs]
      : []
  ).sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? null;
}
