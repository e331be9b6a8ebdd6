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

/** What a run of chaos is made of. */
export interface ChaosOptions {
  /** Prompts of the data set. */
  readonly prompts: number;
  /** Samples of each prompt. */
  readonly nSamples: number;
  /** How often a process is killed. */
  readonly kills: number;
  /** What goes wrong with requests. */
  readonly faults: FaultMixOptions;
  /** The limit of each process. */
  readonly requestsPerMinute: number;
  /** Whether bodies may have no end, one model of three must wait, and few files can be open. */
  readonly pressure?: boolean;
  /** Told what happens. */
  readonly tell: (message: string) => void;
}

/** What came of it. */
export interface ChaosFigures {
  /** Samples that there should be. */
  readonly wanted: number;
  /** Files of samples that are there. */
  readonly files: number;
  /** Samples that differ from what an undisturbed server answers. */
  readonly wrong: number;
  /** Requests that the server got. */
  readonly requests: number;
  /** Successful answers that it gave. */
  readonly answered: number;
  /** Requests that were in flight in a process when it was killed, over all kills: those that the server was at, and those whose answer was not kept yet. */
  readonly inFlightAtKills: number;
  /** Kills. */
  readonly kills: number;
  /** Runs that ended without all samples, by a failure that is final. */
  readonly reruns: number;
  /** The most requests that one process started in any 60 seconds. */
  readonly mostStartsPerMinute: number;
  /** The limit for that. */
  readonly requestsPerMinute: number;
}

const MAX_CONCURRENCY = 32;
/** The models of the prompts, in turn. The first one is the limited one under pressure. */
const MODELS = [MODEL, "qwen/qwen3-32b", "deepseek/deepseek-r1"];
const MAX_OPEN_FILES = 256;
/** A fault that only time ends costs this long; an answer on a busy machine takes less. */
const TIMEOUT_MS = 2_000;

/**
 * Two processes sample one data set into one cache, from a server that fails in every way, and
 * are killed at random moments and run again, until every sample is there.
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
  let lives = 0;
  const task = (): ProgramTask => ({
    client: {
      model: MODEL,
      baseUrl: mock.baseUrl,
      // A key of its own for each life, so that the server can tell them apart.
      apiKey: `sk-life-${++lives}`,
      cacheDir,
      maxConcurrency: MAX_CONCURRENCY,
      requestsPerMinute,
      timeoutMs: TIMEOUT_MS,
      // Less than the waits of the limited model, whose samples then fail until the next life.
      maxRetryAfterMs: 60_000,
      maxAnswerBytes: 1_000_000,
    },
    prompts,
    nSamples,
  });
  const pair = [
    new Restarted(task, { pressure }),
    new Restarted(task, { pressure }),
  ] as const;
  const figures = { inFlightAtKills: 0, kills: 0 };
  for (const threshold of killMoments(kills, wanted)) {
    await reached(mock, threshold);
    const victim = pair[Math.floor(Math.random() * 2)]!;
    figures.inFlightAtKills += Math.min(
      MAX_CONCURRENCY,
      mock.inFlight + unkept(mock, cacheDir),
    );
    figures.kills++;
    await victim.kill();
    tell(
      `kill ${figures.kills} with ${mock.inFlight} in flight, ${mock.answered} answered`,
    );
  }
  await Promise.all(pair.map((process) => process.done));
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

/** A process that is started again until it ends with every sample. */
class Restarted {
  readonly done: Promise<void>;
  readonly #task: () => ProgramTask;
  readonly #pressure: boolean;
  #child: Deno.ChildProcess;
  #reruns = 0;

  constructor(
    task: () => ProgramTask,
    { pressure }: { readonly pressure: boolean },
  ) {
    this.#task = task;
    this.#pressure = pressure;
    this.#child = this.#start();
    this.done = this.#watch();
  }

  /** How often it ended by itself without every sample. */
  get reruns(): number {
    return this.#reruns;
  }

  /** Kills it, if it still runs; it is started again. */
  async kill(): Promise<void> {
    const child = this.#child;
    killIfRunning(child, "SIGKILL");
    await child.status;
  }

  #start(): Deno.ChildProcess {
    const file = fromFileUrl(new URL("./program.ts", import.meta.url));
    const command = [
      ...scriptCommand(file, USUAL_PERMISSIONS),
      JSON.stringify(this.#task()),
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
      if (code === 0) return;
      const text = new TextDecoder().decode(stderr);
      const isKnown = signal === "SIGKILL" || code === 3 ||
        text.includes("Insufficient credits");
      if (!isKnown) throw new Error(`the program ended with ${code}: ${text}`);
      if (signal !== "SIGKILL") this.#reruns++;
      this.#child = this.#start();
    }
  }
}

/** How many answers there are at the moments of the kills. */
function killMoments(kills: number, wanted: number): number[] {
  return Array.from(
    { length: kills },
    () => Math.floor(wanted * (0.02 + 0.9 * Math.random())),
  ).sort((a, b) => a - b);
}

/** Waits for that many answers; no longer than 2 s, since all may be waiting for something else. */
async function reached(mock: MockOpenRouter, answered: number): Promise<void> {
  const endMs = performance.now() + 2_000;
  while (mock.answered < answered && performance.now() < endMs) await delay(5);
}

interface DataSet {
  readonly prompts: ProgramTask["prompts"];
  readonly nSamples: number;
}

/** Every sample, from the cache alone. */
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

/** How many samples are missing, or differ from what a server without faults answers. */
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

/** Samples that were answered and have no file yet: on a busy machine their answers wait to be read. */
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

/** The most of the moments, in milliseconds and in order, that lie within 60 seconds. */
function mostInAMinute(moments: readonly number[]): number {
  let most = 0;
  let first = 0;
  moments.forEach((moment, i) => {
    while (moment - moments[first]! >= 60_000) first++;
    most = Math.max(most, i - first + 1);
  });
  return most;
}
