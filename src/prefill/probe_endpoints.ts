import type { EndpointInfo } from "../catalog/catalog_entries.ts";
import { isServerEndpoint } from "../catalog/list_endpoints.ts";
import { NotFoundError, RolloutsError } from "../errors.ts";
import type { GenerateOptions } from "../options/options.ts";
import { isContinuation, type PrefillOutcome } from "../prefill_outcome.ts";
import type { Prompt } from "../prompt.ts";
import { Response } from "../response.ts";
import type { Rollouts } from "../rollouts.ts";
import type { ServerName } from "../server_name.ts";
import type {
  PrefillReport,
  PrefillVia,
  ProbedEndpoint,
} from "./prefill_report.ts";
import {
  classifyProbe,
  digitPrompts,
  type ProbePrompt,
  probePrompts,
} from "./probe_prompts.ts";

export interface ProbeContext {
  /** The API's base URL. */
  readonly baseUrl: string;
  readonly endpoints: readonly EndpointInfo[];
  /** The ways in which a prefill can reach the model. */
  readonly vias: readonly PrefillVia[];
  /** The kinds of servers to try if a server does not continue a prefill as it is usually sent. */
  readonly otherServers: readonly ServerName[];
  readonly nSeeds: number;
  readonly generate: (
    prompt: Prompt,
    options: GenerateOptions,
  ) => Promise<Rollouts>;
  readonly signal?: AbortSignal;
}

/** The maximum number of tokens of an answer: enough for an echo of the prompt and the end of a word. */
export const PROBE_MAX_TOKENS = 200;

/**
 * Sends the prompts of {@linkcode probePrompts} to each endpoint of a model. If none of them continues,
 * the model may be too weak for these prompts, and those of {@linkcode digitPrompts} are sent.
 *
 * @throws {RolloutsError} If no request can be sent at all, for example because the key is rejected.
 */
export async function probeEndpoints(
  model: string,
  { baseUrl, endpoints, vias, nSeeds, generate, ...context }: ProbeContext,
): Promise<PrefillReport> {
  const probedAt = new Date().toISOString();
  const abort = new AbortController();
  const signals = [abort.signal, context.signal ?? []].flat();
  let requests = 0;
  let costUsd = 0;
  const probe = (endpoint: EndpointInfo, way: Way) =>
    probeEndpoint(endpoint, way, {
      nSeeds,
      send: async ({ prompt }, seed) => {
        requests++;
        const result = await generate(prompt, {
          model,
          seed,
          ...(isServerEndpoint(endpoint, baseUrl)
            ? {}
            : { provider: { only: [endpoint.tag], allow_fallbacks: false } }),
          server: way.server ?? undefined,
          prefillVia: way.prefillVia,
          maxTokens: PROBE_MAX_TOKENS,
          useCache: false,
          allowUnsupportedPrefill: true,
          verifyPrefill: false,
          progressBar: false,
          signal: AbortSignal.any(signals),
        }).catch((error) => {
          // Only this endpoint is allowed, so the others may serve the request. Another kind of server
          // may not support an option.
          const isOwn = error instanceof NotFoundError ||
            (error instanceof RolloutsError && way.server !== null);
          if (isOwn) return error;
          throw error;
        });
        if (result instanceof RolloutsError) return result;
        const { responses: [response], errors } = result;
        costUsd += response?.usage.cost ?? 0;
        return response ?? errors.get(seed)!;
      },
    });
  /** Probes a server first with a word, then with a digit, in case its model is weak. */
  const probeServer = async (
    endpoint: EndpointInfo,
    way: Omit<Way, "probe">,
  ) => {
    const result = await probe(endpoint, { ...way, probe: "word" });
    return mayBeWeak(result)
      ? await probe(endpoint, { ...way, probe: "digit" })
      : result;
  };
  const probeVia = async (endpoint: EndpointInfo, prefillVia: PrefillVia) => {
    if (!isServerEndpoint(endpoint, baseUrl)) {
      return [
        await probe(endpoint, { prefillVia, server: null, probe: "word" }),
      ];
    }
    const usual = await probeServer(endpoint, { prefillVia, server: null });
    const { reasoningOutcome } = usual;
    const isDone = prefillVia === "completions" || reasoningOutcome === null ||
      isContinuation(reasoningOutcome);
    const others = isDone ? [] : context.otherServers;
    return [
      usual,
      ...await Promise.all(
        others.map((server) => probeServer(endpoint, { prefillVia, server })),
      ),
    ];
  };
  const probed = (await allOrAbort(
    vias.flatMap((via) => endpoints.map((endpoint) => probeVia(endpoint, via))),
    abort,
  )).flat();
  // Whether a model is weak does not depend on the endpoint.
  const isStrong = probed.some(continues);
  const weak = (result: ProbedEndpoint) =>
    !isStrong && result.probe === "word" && mayBeWeak(result);
  const results = await allOrAbort(
    probed.map(async (result) => {
      if (!weak(result)) return result;
      const { tag, prefillVia, server } = result;
      const endpoint = endpoints.find((endpoint) => endpoint.tag === tag)!;
      return await probe(endpoint, { prefillVia, server, probe: "digit" });
    }),
    abort,
  );
  return { model, probedAt, nSeeds, requests, costUsd, endpoints: results };
}

/** Awaits all probes. An error concerns all requests: it aborts them, and is thrown when they have ended. */
async function allOrAbort<T>(
  probes: readonly Promise<T>[],
  abort: AbortController,
): Promise<T[]> {
  try {
    return await Promise.all(probes);
  } catch (error) {
    abort.abort(error);
    await Promise.allSettled(probes);
    throw error;
  }
}

/** Whether an endpoint continues a prefill, be it reasoning or content. */
function continues(
  { reasoningContinuationRate, contentContinuationRate }: ProbedEndpoint,
): boolean {
  return reasoningContinuationRate > 0 || contentContinuationRate > 0;
}

/** How the prefills of a probe are sent, and what they are. */
type Way = Pick<ProbedEndpoint, "prefillVia" | "server" | "probe">;

/** Whether a model starts over, or seems to because it cannot complete a word. */
function mayBeWeak(
  { reasoningOutcome, contentOutcome }: ProbedEndpoint,
): boolean {
  return reasoningOutcome === "restarted" || contentOutcome === "restarted";
}

interface Probed {
  readonly outcome: PrefillOutcome | null;
  readonly result: Response | RolloutsError;
}

async function probeEndpoint(
  endpoint: EndpointInfo,
  way: Way,
  { nSeeds, send }: {
    readonly nSeeds: number;
    readonly send: (
      prompt: ProbePrompt,
      seed: number,
    ) => Promise<Response | RolloutsError>;
  },
): Promise<ProbedEndpoint> {
  const prompts = way.probe === "word" ? probePrompts : digitPrompts;
  const seeds = Array.from({ length: nSeeds }, (_, seed) => seed);
  const probed = await Promise.all(
    seeds.flatMap((seed) =>
      prompts(seed).map(async (prompt) => {
        const result = await send(prompt, seed);
        const outcome = classifyProbe(result, prompt);
        return { isReasoning: prompt.isReasoning, result, outcome };
      })
    ),
  );
  const reasoning = probed.filter(({ isReasoning }) => isReasoning);
  const content = probed.filter(({ isReasoning }) => !isReasoning);
  const { provider, tag, quantization } = endpoint;
  const { promptUsdPerMillion, completionUsdPerMillion } = endpoint;
  return {
    ...way,
    provider,
    tag,
    quantization,
    promptUsdPerMillion,
    completionUsdPerMillion,
    reasoningOutcome: mostFrequent(reasoning),
    reasoningContinuationRate: continuationRate(reasoning),
    contentOutcome: mostFrequent(content),
    contentContinuationRate: continuationRate(content),
    latencyMs: medianLatency(probed),
    error: probed.map(({ result }) => result)
      .find((result) => result instanceof RolloutsError)?.message ?? null,
  };
}

function mostFrequent(probed: readonly Probed[]): PrefillOutcome | null {
  const counts = new Map<PrefillOutcome, number>();
  for (const { outcome } of probed) {
    if (outcome !== null) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

/** The fraction of answered requests that continue the prefill. */
function continuationRate(probed: readonly Probed[]): number {
  const outcomes = probed.map(({ outcome }) => outcome)
    .filter((outcome) => outcome !== null);
  if (outcomes.length === 0) return 0;
  return outcomes.filter(isContinuation).length / outcomes.length;
}

function medianLatency(probed: readonly Probed[]): number | null {
  const times = probed.flatMap(({ result }) =>
    result instanceof Response && result.latencyMs !== null
      ? [result.latencyMs]
      : []
  ).sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? null;
}
