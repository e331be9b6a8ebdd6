import { chooseEndpoint } from "./choose_endpoint.ts";
import { generationScript } from "./completion_reply.ts";
import { answerUsage, type MockGeneration } from "./completion_body.ts";
import type { MockModel } from "./models.ts";
import { embeddingsBody } from "./embeddings.ts";
import {
  type FaultContext,
  faultFunction,
  type FaultPlan,
} from "./faults.ts";
import { MockHttpError } from "./http_error.ts";
import type { OpenRecord } from "./request_log.ts";
import {
  endpointsBody,
  generationBody,
  keyBody,
  modelsBody,
  providersBody,
} from "./catalog_bodies.ts";
import { completeRequest, requestHash } from "./complete_request.ts";
import type { ResolvedMockOptions } from "./mock_options.ts";
import {
  type MockGenerationRequest,
  parseGenerationRequest,
} from "./parse_request.ts";
import type { MockRoute } from "./mock_routes.ts";
import type { MockScript } from "./mock_script.ts";
import { readMockHeaders } from "./read_mock_headers.ts";
import { readApiKey } from "./record_request.ts";

/** One request for a generation, as it came. */
export interface IncomingGeneration {
  /** The id that its answer gets. */
  readonly id: string;
  /** Which of the two ways to ask it is. */
  readonly kind: "chat" | "text";
  /** The HTTP headers. */
  readonly headers: Headers;
  /** Its record in the log, the parsed body in it; attempt and fault are filled in. */
  readonly record: OpenRecord;
  /** How many generations run, with this one. */
  readonly inFlight: number;
}

/** What stands behind the mock server's HTTP: models, keys, bills, and what goes wrong. */
export class MockBackend {
  /** What goes wrong. */
  faults: FaultPlan | null;
  readonly #options: ResolvedMockOptions;
  readonly #models: ReadonlyMap<string, MockModel>;
  readonly #attempts = new Map<number, number>();
  readonly #generations = new Map<string, MockGeneration>();
  #index = 0;
  #usage = 0;

  /** A backend that was never asked for anything. */
  constructor(options: ResolvedMockOptions) {
    this.#options = options;
    this.#models = new Map(options.models.map((model) => [model.id, model]));
    this.faults = options.faults;
  }

  /** What all generations cost, in dollars. */
  get usage(): number {
    return this.#usage;
  }

  /** Forgets what was asked, and goes back to the faults of the start. */
  reset(): void {
    this.#attempts.clear();
    this.#generations.clear();
    this.#index = 0;
    this.#usage = 0;
    this.faults = this.#options.faults;
  }

  /**
   * Checks a key.
   *
   * @param key "" where there is none.
   * @throws {MockHttpError} With status 401 where it is refused.
   */
  checkKey(key: string): void {
    const { apiKeys, invalidApiKeys } = this.#options;
    if (key === "") throw new MockHttpError(401, "No auth credentials found");
    if (invalidApiKeys.includes(key) || apiKeys?.includes(key) === false) {
      throw new MockHttpError(401, "User not found.");
    }
  }

  /**
   * Makes a generation, and says how it is sent.
   *
   * @throws {MockHttpError} Where the request is wrong.
   */
  generate(incoming: IncomingGeneration): MockScript {
    const { id, kind, headers, record } = incoming;
    const request = parseGenerationRequest(record.body, kind);
    const context = this.#describe(request, incoming);
    const asked = readMockHeaders(headers);
    const fault = asked.fault ?? faultFunction(this.faults)(context);
    record.attempt = context.attempt;
    record.fault = fault?.type ?? null;
    const { model, endpoint } = chooseEndpoint(this.#models, request);
    const completion = completeRequest(model, request, {
      endpoint,
      prefill: asked.prefill ?? this.#options.prefill ?? undefined,
    });
    const created = Math.floor(Date.now() / 1000);
    const generation = { id, created, model, endpoint, request, completion };
    if (fault === null) this.#bill(generation);
    const { latencyMs, keepAliveMs, chunkDelayMs } = this.#options;
    return generationScript(generation, {
      fault,
      body: record.body,
      keepAliveMs,
      chunkDelayMs,
      latencyMs: asked.latencyMs ??
        (typeof latencyMs === "number" ? latencyMs : latencyMs(context)) +
          (endpoint.latencyMs ?? 0),
    });
  }

  /**
   * The body that answers a request for embeddings.
   *
   * @throws {MockHttpError} Where the request is wrong.
   */
  embed(body: unknown): Record<string, unknown> {
    const answer = embeddingsBody(body);
    this.#usage += answer.usage.cost;
    return answer;
  }

  /**
   * The body that answers any other request.
   *
   * @throws {MockHttpError} With status 404 where there is no such model or generation.
   */
  lookUp(
    route: Exclude<MockRoute, { type: "generation" | "embeddings" }>,
  ): Record<string, unknown> {
    switch (route.type) {
      case "models":
        return modelsBody(this.#models.values());
      case "providers":
        return providersBody(this.#models.values());
      case "key":
        return keyBody({ usage: this.#usage });
      case "endpoints":
        return endpointsBody(
          this.#models.get(route.model) ?? notFound("Model", route.model),
        );
      case "lookup":
        return generationBody(
          this.#generations.get(route.id) ?? notFound("Generation", route.id),
        );
    }
  }

  #describe(
    request: MockGenerationRequest,
    { record, headers, inFlight }: IncomingGeneration,
  ): FaultContext {
    const model = request.models[0];
    const sampleHash = requestHash(model ?? "", request);
    const attempt = (this.#attempts.get(sampleHash) ?? 0) + 1;
    this.#attempts.set(sampleHash, attempt);
    return {
      seed: request.seed,
      attempt,
      index: this.#index++,
      inFlight,
      model,
      path: record.path,
      body: record.body,
      apiKey: readApiKey(headers),
      sampleHash,
    };
  }

  #bill(generation: MockGeneration): void {
    this.#usage += answerUsage(generation).cost;
    this.#generations.set(generation.id, generation);
    if (this.#generations.size <= this.#options.logLimit) return;
    const oldest = this.#generations.keys().next().value;
    if (oldest !== undefined) this.#generations.delete(oldest);
  }
}

function notFound(what: string, id: string): never {
  throw new MockHttpError(404, `${what} not found: ${id}`);
}
