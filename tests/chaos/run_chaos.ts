import { delay } from "@std/async/delay";
import { walkSync } from "@std/fs/walk";
import { fromFileUrl } from "@std/path/from-file-url";
import { join } from "@std/path/join";
import { type Response, RolloutsClient } from "../../mod.ts";
import { type FaultContext, MockOpenRouter } from "../../src/testing/mod.ts";
import { killIfRunning } from "../support/kill_if_running.ts";
import { MODEL } from "../support/mock_client.ts";
import {
  scriptCommand,
  startProgram,
  USUAL_PERMISSIONS,
} from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";
import { faultMix, type FaultMixOptions, withPressure } from "./fault_mix.ts";
import type { ProgramTask } from "./program.ts";

/** The settings of a chaos run. */
export interface ChaosOptions {
  /** The number of prompts. */
  readonly prompts: number;
  /** The number of samples per prompt. */
  readonly nSamples: number;
  /** The number of times that a process is killed. */
  readonly kills: number;
  /** The faults of the server. */
  readonly faults: FaultMixOptions;
  /** The `requestsPerMinute` of each process. */
  readonly requestsPerMinute: number;
  /**
   * Whether to add endless bodies, waits for one of three models, and a low limit of open files.
   */
  readonly pressure?: boolean;
  /** Called with each progress message. */
  readonly tell: (message: string) => void;
}

/** The results of a chaos run. */
export interface ChaosFigures {
  /** The number of expected samples. */
  readonly wanted: number;
  /** The number of sample files. */
  readonly files: number;
  /** The number of samples that differ from what a server without faults answers. */
  readonly wrong: number;
  /** The number of requests that the server received. */
  readonly requests: number;
  /** The number of successful answers that the server sent. */
  readonly answered: number;
  /**
   * The requests in flight at the kills, over all kills, including answers that were not stored
   * yet.
   */
  readonly inFlightAtKills: number;
  /** The number of kills. */
  readonly kills: number;
  /** The number of runs that ended without all samples because of a final failure. */
  readonly reruns: number;
  /** The most requests that one process started in any 60 seconds. */
  readonly mostStartsPerMinute: number;
  /** The limit of that. */
  readonly requestsPerMinute: number;
}

const MAX_CONCURRENCY = 32;
/** The models of the prompts, in turn. The first one has to wait if `underPressure` is set. */
const MODELS = [MODEL, "qwen/qwen3-32b", "deepseek/deepseek-r1"];
const MAX_OPEN_FILES = 256;
/** The time after which a fault that sends nothing ends. An answer on a busy machine takes less. */
const TIMEOUT_MS = 2_000;

/**
 * Samples one data set into one cache with two processes, from a server that fails in every way.
 * Both are killed at random moments and restarted until every sample is cached.
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosFigures> {
  const { nSamples, kills, requestsPerMinute, pressure = false, tell } =
    options;
  const models = pressure ? MODELS : [MODEL];
  const prompts = Array.from({ length: options.prompts }, (_, i) => ({
    prompt: `What is ${i}*10?`,
    model: models[i % models.length]!,
  }));
  const wanted = prompts.length * nSamples;
  const starts = new Map<string, number[]>();
  const mix = faultMix(options.faults);
  const faults = pressure ? withPressure(MODELS[0]!, mix) : mix;
  await using mock = await MockOpenRouter.start({
    latencyMs: ({ index }) => 50 + (index * 37) % 200,
    logLimit: Infinity,
    faults: (context: FaultContext) => {
      const key = context.apiKey;
      starts.set(key, [...starts.get(key) ?? [], performance.now()]);
      return faults(context);
    },
  });
  await using dir = new TempDir();
  const cacheDir = join(dir.path, "cache");
  // A kill may come before a process has made it.
  await Deno.mkdir(cacheDir);
  let lives = 0;
  const task = (): ProgramTask => ({
    client: {
      model: MODEL,
      baseUrl: mock.baseUrl,
      // Each restart uses its own key, so that the server can distinguish them.
      apiKey: `sk-life-${++lives}`,
      cacheDir,
      maxConcurrency: MAX_CONCURRENCY,
      requestsPerMinute,
      timeoutMs: TIMEOUT_MS,
      // Less than the waits of the limited model, whose samples then fail until the next restart.
      maxRetryAfterMs: 60_000,
      maxAnswerBytes: 1_000_000,
    },
    prompts,
    nSamples,
  });
  await using first = new Restarted(task, { pressure });
  await using second = new Restarted(task, { pressure });
  const pair = [first, second] as const;
  const figures = { inFlightAtKills: 0, kills: 0 };
  const killed: { readonly apiKey: string; readonly atMs: number }[] = [];
  for (const threshold of killMoments(kills, wanted)) {
    await reached(mock, threshold);
    const victim = pair[Math.floor(Math.random() * 2)]!;
    figures.inFlightAtKills += Math.min(
      MAX_CONCURRENCY,
      mock.inFlight + unkept(mock, cacheDir),
    );
    figures.kills++;
    killed.push({ apiKey: victim.apiKey, atMs: performance.now() });
    await victim.kill();
    tell(
      `kill ${figures.kills} with ${mock.inFlight} in flight, ${mock.answered} answered`,
    );
  }
  await Promise.all(pair.map((process) => process.done));
  // What a killed process had sent may reach the server later.
  for (const { apiKey, atMs } of killed) {
    figures.inFlightAtKills += (starts.get(apiKey) ?? [])
      .filter((startMs) => startMs > atMs).length;
  }
  const samples = await readBack({ ...task().client, cacheDir }, {
    prompts,
    nSamples,
  });
  return {
    wanted,
    files: seedFiles(cacheDir).length,
    wrong: await countWrong(samples, { prompts, nSamples }),
    requests: mock.started,
    answered: mock.answered,
    ...figures,
    reruns: pair[0].reruns + pair[1].reruns,
    mostStartsPerMinute: Math.max(
      ...[...starts.values()].map(mostInAMinute),
    ),
    requestsPerMinute,
  };
}

/** A process that is restarted until it exits with every sample, or until it is disposed. */
class Restarted implements AsyncDisposable {
  readonly done: Promise<void>;
  readonly #task: () => ProgramTask;
  readonly #pressure: boolean;
  #child: Deno.ChildProcess;
  #apiKey = "";
  #reruns = 0;
  #isDisposed = false;

  constructor(
    task: () => ProgramTask,
    { pressure }: { readonly pressure: boolean },
  ) {
    this.#task = task;
    this.#pressure = pressure;
    this.#child = this.#start();
    this.done = this.#watch();
  }

  /** The key of the current process. */
  get apiKey(): string {
    return this.#apiKey;
  }

  /** The number of exits without every sample and without a kill. */
  get reruns(): number {
    return this.#reruns;
  }

  /** Kills the process if it runs. It is restarted. */
  async kill(): Promise<void> {
    const child = this.#child;
    killIfRunning(child, "SIGKILL");
    await child.status;
  }

  /** Ends the process, so that none is left if a test fails. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true;
    await this.kill();
  }

  #start(): Deno.ChildProcess {
    const file = fromFileUrl(new URL("./program.ts", import.meta.url));
    const task = this.#task();
    this.#apiKey = task.client.apiKey!;
    const command = [
      ...scriptCommand(file, USUAL_PERMISSIONS),
      JSON.stringify(task),
    ];
    const limit = `ulimit -n ${
      this.#pressure ? MAX_OPEN_FILES : "$(ulimit -n)"
    }`;
    return startProgram("bash", [
      ...["-c", `${limit}; exec "$@"`, "bash"],
      ...command,
    ]);
  }

  async #watch(): Promise<void> {
    for (;;) {
      const child = this.#child;
      const { code, signal, stderr } = await child.output();
      if (code === 0 || this.#isDisposed) return;
      const text = new TextDecoder().decode(stderr);
      const isKnown = signal === "SIGKILL" || code === 3 ||
        text.includes("Insufficient credits");
      if (!isKnown) throw new Error(`the program ended with ${code}: ${text}`);
      if (signal !== "SIGKILL") this.#reruns++;
      this.#child = this.#start();
    }
  }
}

/** Returns the numbers of answers at which a process is killed. */
function killMoments(kills: number, wanted: number): number[] {
  return Array.from(
    { length: kills },
    () => Math.floor(wanted * (0.02 + 0.9 * Math.random())),
  ).sort((a, b) => a - b);
}

/** Waits for a number of answers, for at most 2 s, since all processes may be waiting. */
async function reached(mock: MockOpenRouter, answered: number): Promise<void> {
  const endMs = performance.now() + 2_000;
  while (mock.answered < answered && performance.now() < endMs) await delay(5);
}

interface DataSet {
  readonly prompts: ProgramTask["prompts"];
  readonly nSamples: number;
}

/** Reads every sample from the cache. */
async function readBack(
  options: ProgramTask["client"],
  { prompts, nSamples }: DataSet,
): Promise<Map<string, Response>> {
  const client = new RolloutsClient({ ...options, cacheOnly: true });
  const samples = new Map<string, Response>();
  for await (const rollouts of client.generateMany(prompts, { nSamples })) {
    for (const response of rollouts) {
      samples.set(`${rollouts.prompt} ${response.seed}`, response);
    }
  }
  return samples;
}

/** Counts the samples that are missing or differ from what a server without faults answers. */
async function countWrong(
  samples: ReadonlyMap<string, Response>,
  { prompts, nSamples }: DataSet,
): Promise<number> {
  await using mock = await MockOpenRouter.start();
  await using client = new RolloutsClient({
    model: MODEL,
    baseUrl: mock.baseUrl,
    apiKey: "sk-check",
    useCache: false,
  });
  let right = 0;
  for await (const rollouts of client.generateMany(prompts, { nSamples })) {
    for (const { seed, full, finishReason } of rollouts) {
      const sample = samples.get(`${rollouts.prompt} ${seed}`);
      const isRight = sample?.full === full &&
        sample.finishReason === finishReason;
      if (isRight) right++;
    }
  }
  return prompts.length * nSamples - right;
}

/** Counts answered samples without a file: on a busy machine, their answers wait to be read. */
function unkept(mock: MockOpenRouter, cacheDir: string): number {
  const answered = mock.requests
    .filter(({ outcome }) => outcome === "answered")
    .map(({ body }) => {
      const { messages, seed } = body as { messages: unknown; seed: number };
      return `${seed} ${JSON.stringify(messages)}`;
    });
  return Math.max(0, new Set(answered).size - seedFiles(cacheDir).length);
}

function seedFiles(cacheDir: string): string[] {
  return [...walkSync(cacheDir, { includeDirs: false })]
    .map(({ name }) => name)
    .filter((name) => name.startsWith("seed_"));
}

/** Returns the most moments, in ms and sorted, within any 60 seconds. */
function mostInAMinute(moments: readonly number[]): number {
  let most = 0;
  let first = 0;
  moments.forEach((moment, i) => {
    while (moment - moments[first]! >= 60_000) first++;
    most = Math.max(most, i - first + 1);
  });
  return most;
}
