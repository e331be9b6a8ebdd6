import type { JsonObject } from "../util/json_object.ts";
import { memoizeAsync } from "../util/memoize_async.ts";
import {
  endpointsBody,
  generationBody,
  keyBody,
  modelsBody,
  providersBody,
} from "./catalog_bodies.ts";
import { shapeOfModel } from "./answer_shapes.ts";
import { chooseEndpoint } from "./choose_endpoint.ts";
import { completeRequest, hashSample } from "./complete_request.ts";
import { completeTinySums } from "./complete_tiny_sums.ts";
import { completionUsage, type Generation } from "./completion_body.ts";
import { completionReply } from "./completion_reply.ts";
import { embeddingsBody } from "./embeddings.ts";
import { type FaultContext, type FaultPlan, findFault } from "./faults.ts";
import { HttpError } from "./http_error.ts";
import type { MockOptions } from "./mock_options.ts";
import type { MockModel } from "./models.ts";
import { type CompletionRequest, parseRequest } from "./parse_request.ts";
import { readMockHeaders } from "./read_mock_headers.ts";
import { emptyReply, type Reply } from "./reply.ts";
import type { OpenRecord, RequestLog } from "./request_log.ts";
import { loadTinySums } from "./tiny_model/load_tiny_sums.ts";

/** The path where the API begins, as in the URL of the real one. */
export const API_PREFIX = "/api/v1";

const MODEL_ENDPOINTS = "/models/{slug}/endpoints";

/** The routes that require no API key. */
const PUBLIC_ROUTES = ["/models", "/providers", MODEL_ENDPOINTS];

const ENDPOINTS_PATH = /^\/models\/([^/]+\/[^/]+)\/endpoints$/;

/** Handles the API's requests: routes, keys, completions, costs and faults. */
export class MockApi {
  faults: FaultPlan | null;
  readonly #options: Required<MockOptions>;
  readonly #log: RequestLog;
  readonly #models: ReadonlyMap<string, MockModel>;
  readonly #attempts = new Map<number, number>();
  readonly #generations = new Map<string, Generation>();
  readonly #loadTinySums = memoizeAsync(loadTinySums);
  readonly #idStem = crypto.randomUUID().replaceAll("-", "").slice(0, 14);
  readonly #get: Routes = {
    "/models": (call) => json(call, modelsBody(this.#models.values())),
    "/providers": (call) => json(call, providersBody(this.#models.values())),
    [MODEL_ENDPOINTS]: (call) => json(call, this.#endpoints(call.slug)),
    "/key": (call) => json(call, keyBody(this.#usage)),
    "/generation": (call) => json(call, this.#generation(call.query)),
  };
  readonly #post: Routes = {
    "/chat/completions": (call) => this.#complete(call, "chat"),
    "/completions": (call) => this.#complete(call, "text"),
    "/embeddings": (call) => json(call, this.#embed(call.record.body)),
  };
  #ids = 0;
  #index = 0;
  #usage = 0;

  constructor(options: Required<MockOptions>, log: RequestLog) {
    this.#options = options;
    this.#log = log;
    this.#models = new Map(options.models.map((model) => [model.id, model]));
    this.faults = options.faults;
  }

  /** The cost of all completions and embeddings, in dollars. */
  get usage(): number {
    return this.#usage;
  }

  /** Forgets all requests, and restores the initial faults. */
  reset(): void {
    this.#attempts.clear();
    this.#generations.clear();
    this.#index = 0;
    this.#usage = 0;
    this.faults = this.#options.faults;
  }

  /** Handles a request, and adds what it reads to the request's record. */
  async handle(request: Request, url: URL, record: OpenRecord): Promise<Reply> {
    const generationId = this.#nextId();
    try {
      return await this.#route(request, url, { record, generationId });
    } catch (error) {
      // Errors of fault functions have no other way to become visible.
      const { status, message, metadata } = error instanceof HttpError
        ? error
        : new HttpError(500, `The mock server failed: ${error}`);
      const body = { error: { code: status, message, metadata } };
      return { ...json({ generationId }, body), status, isSuccess: false };
    }
  }

  async #route(
    request: Request,
    { pathname, searchParams: query }: URL,
    { record, generationId }: Pick<Call, "record" | "generationId">,
  ): Promise<Reply> {
    const path = pathname.startsWith(API_PREFIX)
      ? pathname.slice(API_PREFIX.length)
      : "";
    const slug = ENDPOINTS_PATH.exec(path)?.[1];
    const route = slug === undefined ? path : MODEL_ENDPOINTS;
    const handle = this.#post[route] ?? this.#get[route] ??
      reject(404, `Not found: ${pathname}`);
    const { method, headers } = request;
    const expected = route in this.#post ? "POST" : "GET";
    if (method !== expected) {
      reject(405, `Method ${method} is not allowed: use ${expected}`);
    }
    if (!PUBLIC_ROUTES.includes(route)) this.#checkKey(readApiKey(headers));
    if (method === "POST") record.body = parseJson(await request.text());
    return handle({
      headers,
      query,
      slug: decodeURIComponent(slug ?? ""),
      record,
      generationId,
    });
  }

  #checkKey(key: string): void {
    const { apiKeys, invalidApiKeys } = this.#options;
    if (key === "") reject(401, "No auth credentials found");
    if (invalidApiKeys.includes(key) || apiKeys?.includes(key) === false) {
      reject(401, "User not found.");
    }
  }

  async #complete(call: Call, kind: "chat" | "text"): Promise<Reply> {
    const { headers, record, generationId: id } = call;
    record.seed = readSeed(record.body);
    this.#log.start(record);
    const request = parseRequest(record.body, kind);
    const context = this.#faultContext(request, call);
    const asked = readMockHeaders(headers);
    const fault = asked.fault ?? findFault(this.faults, context);
    record.attempt = context.attempt;
    record.fault = fault?.type ?? null;
    const ofModel = shapeOfModel(request.models[0]);
    const { model, endpoint } = chooseEndpoint(
      this.#models,
      // The first model of the server answers instead of one that only names a shape.
      ofModel === null ? request : { ...request, models: [] },
    );
    const prefill = asked.prefill ?? this.#options.prefill ??
      endpoint.prefill ?? model.prefill;
    const completion = model.isTinySums
      ? completeTinySums(request, {
        model,
        prefill,
        tinySums: await this.#loadTinySums(),
      })
      : completeRequest(request, { model, endpoint, prefill });
    const generation = {
      id,
      created: Math.floor(Date.now() / 1000),
      model,
      endpoint,
      request,
      completion,
      usage: completionUsage(completion, { model, endpoint }),
    };
    if (fault === null) this.#bill(generation);
    const { latencyMs, keepAliveMs, chunkDelayMs } = this.#options;
    return completionReply(generation, {
      fault,
      shape: asked.shape ?? ofModel,
      keepAliveMs,
      chunkDelayMs,
      latencyMs: asked.latencyMs ??
        (typeof latencyMs === "number" ? latencyMs : latencyMs(context)) +
          (endpoint.latencyMs ?? 0),
    });
  }

  #faultContext(
    request: CompletionRequest,
    { headers, record }: Call,
  ): FaultContext {
    const model = request.models[0];
    const sampleHash = hashSample(model ?? "", request);
    const attempt = (this.#attempts.get(sampleHash) ?? 0) + 1;
    this.#attempts.set(sampleHash, attempt);
    return {
      seed: request.seed,
      attempt,
      index: this.#index++,
      inFlight: this.#log.inFlight,
      model,
      path: record.path,
      body: record.body,
      apiKey: readApiKey(headers),
      sampleHash,
    };
  }

  #bill(generation: Generation): void {
    this.#usage += generation.usage.cost;
    this.#generations.set(generation.id, generation);
    if (this.#generations.size <= this.#options.logLimit) return;
    const oldest = this.#generations.keys().next().value;
    if (oldest !== undefined) this.#generations.delete(oldest);
  }

  #embed(body: unknown): JsonObject {
    const embeddings = embeddingsBody(body);
    this.#usage += embeddings.usage.cost;
    return embeddings;
  }

  #endpoints(slug: string): JsonObject {
    return endpointsBody(
      this.#models.get(slug) ?? reject(404, `Model not found: ${slug}`),
    );
  }

  #generation(query: URLSearchParams): JsonObject {
    const id = query.get("id");
    if (id === null) reject(400, "Invalid request: id is missing");
    return generationBody(
      this.#generations.get(id) ?? reject(404, `Generation not found: ${id}`),
    );
  }

  #nextId(): string {
    const count = (this.#ids++).toString(36).padStart(6, "0");
    return `gen-${Math.floor(Date.now() / 1000)}-${this.#idStem}${count}`;
  }
}

/** A request on its way to a route. */
interface Call {
  readonly headers: Headers;
  readonly query: URLSearchParams;
  /** The model in the path, or "". */
  readonly slug: string;
  readonly record: OpenRecord;
  readonly generationId: string;
}

type Routes = Readonly<
  Record<string, (call: Call) => Reply | Promise<Reply>>
>;

function json(
  { generationId }: Pick<Call, "generationId">,
  body: JsonObject,
): Reply {
  return { ...emptyReply(generationId), body: [JSON.stringify(body)] };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return reject(400, "Invalid request: the body is not valid JSON");
  }
}

function readSeed(body: unknown): number | null {
  const seed = (body as { seed?: unknown } | null)?.seed;
  return typeof seed === "number" ? seed : null;
}

/** Returns the request's API key, or "" if it has none. */
function readApiKey(headers: Headers): string {
  const match = /^Bearer\s+(.*\S)\s*$/i.exec(
    headers.get("Authorization") ?? "",
  );
  return match?.[1] ?? "";
}

function reject(status: number, message: string): never {
  throw new HttpError(status, message);
}
