import type { Bench } from "./bench.ts";
import { copyTree } from "../../scripts/copy_tree.ts";
import { ROLLOUTS_COMMAND, ROLLOUTS_PROMPTS } from "./contestant.ts";
import { API_KEY } from "./contestants/question.mjs";
import type { PromptsTask } from "./contestants/task.ts";
import { settleFiles } from "./settle_files.ts";

/** Caches that this client has filled from the server. Each is filled once. */
export class FilledCaches {
  readonly #bench: Bench;
  readonly #made = new Map<string, Promise<PromptsTask>>();

  /** Creates the object without filling a cache. */
  constructor(bench: Bench) {
    this.#bench = bench;
  }

  /** Fills a cache of this size if needed, and returns the task of reading it. */
  task(prompts: number, samplesPerPrompt: number): Promise<PromptsTask> {
    const key = `${prompts} ${samplesPerPrompt}`;
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const made = this.#fill(prompts, samplesPerPrompt);
    this.#made.set(key, made);
    return made;
  }

  /** Returns the task of reading the same samples from packs. */
  async packed(
    prompts: number,
    samplesPerPrompt: number,
  ): Promise<PromptsTask> {
    const bench = this.#bench;
    const task = await this.task(prompts, samplesPerPrompt);
    const cacheDir = bench.newPath();
    bench.tell(`packing a cache: ${prompts} prompts, ${samplesPerPrompt} each`);
    await copyTree(task.cacheDir!, cacheDir);
    const command = ["cache", "pack", "--cache-dir", cacheDir];
    await bench.run(ROLLOUTS_COMMAND, command);
    await settleFiles();
    return { ...task, cacheDir };
  }

  async #fill(
    prompts: number,
    samplesPerPrompt: number,
  ): Promise<PromptsTask> {
    const bench = this.#bench;
    bench.tell(`filling a cache: ${prompts} prompts, ${samplesPerPrompt} each`);
    const task: PromptsTask = {
      baseUrl: bench.server.baseUrl("http1", "4k"),
      apiKey: API_KEY,
      cacheDir: bench.newPath(),
      prompts,
      samplesPerPrompt,
    };
    await bench.run(ROLLOUTS_PROMPTS, task);
    await settleFiles();
    // Without a key, a sample that is not cached fails.
    return { ...task, apiKey: null };
  }
}
