import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { type ExampleTask, exampleTasks } from "./example_tasks.ts";
import type { MemorySample, MemorySet } from "./memory_view.ts";

/** A model of the example: its accuracy, the length of its texts, and its providers. */
interface ExampleModel {
  readonly name: string;
  readonly skill: number;
  readonly wordy: number;
  readonly providers: readonly string[];
  readonly usdPerMillion: number;
}

const MODELS: readonly ExampleModel[] = [
  {
    name: "qwen/qwen3-30b-a3b",
    skill: 0.72,
    wordy: 2.6,
    providers: ["DeepInfra", "Nebius", "Chutes"],
    usdPerMillion: 0.3,
  },
  {
    name: "deepseek/deepseek-r1-0528",
    skill: 0.86,
    wordy: 3.6,
    providers: ["Fireworks", "Novita"],
    usdPerMillion: 2.2,
  },
  {
    name: "openai/gpt-oss-20b",
    skill: 0.66,
    wordy: 1.2,
    providers: ["Groq", "DeepInfra", "Parasail"],
    usdPerMillion: 0.2,
  },
  {
    name: "meta-llama/llama-3.3-70b-instruct",
    skill: 0.48,
    wordy: 0,
    providers: ["Together", "DeepInfra"],
    usdPerMillion: 0.4,
  },
];

/** 2026-02-03 09:20 UTC. */
const BEGIN = 1_770_110_400;

/** The sets of an example like a researcher's cache: 44 prompts, four models, and some prefills. */
export function exampleView(
  { nSamples = 24 }: { readonly nSamples?: number } = {},
): MemorySet[] {
  const random = randomOf(7);
  const sets: MemorySet[] = [];
  for (const [place, task] of exampleTasks().entries()) {
    const models = MODELS.filter((_, i) =>
      i === place % 4 || (i + place) % 3 === 0
    );
    for (const model of models) {
      const count = nSamples + (place % 5 === 0 ? nSamples : 0);
      const begin = BEGIN + place * 4_900 + sets.length * 70;
      const temperature = place % 7 === 3 ? 1 : 0.7;
      sets.push(exampleSet(task, model, { count, begin, temperature, random }));
      if (place % 4 === 0 && model.wordy > 1) {
        const prefill = `<think>\n${task.steps[0]![0]} Wait,`;
        sets.push(
          exampleSet(task, model, {
            count,
            begin,
            temperature,
            random,
            prefill,
          }),
        );
      }
    }
  }
  return sets;
}

interface SetOptions {
  readonly count: number;
  readonly begin: number;
  readonly temperature: number;
  readonly random: () => number;
  readonly prefill?: string | null;
}

function exampleSet(
  task: ExampleTask,
  model: ExampleModel,
  options: SetOptions,
): MemorySet {
  const { count, temperature, prefill = null } = options;
  return {
    id: `${model.name.split("/")[1]}-${hash(task.prompt)}${
      prefill ? "-t" : ""
    }`,
    model: model.name,
    prompt: prefill === null
      ? [
        { role: "system", content: "You are a careful mathematician." },
        { role: "user", content: task.prompt },
      ]
      : `${task.prompt}\n${prefill}`,
    prefill,
    parameters: {
      temperature,
      top_p: 0.95,
      max_tokens: 4096,
      ...model.wordy > 2 ? { reasoning: { effort: "medium" } } : {},
    },
    truth: task.truth,
    samples: Array.from(
      { length: count },
      (_, seed) => exampleSample(task, model, seed, options),
    ),
  };
}

const OPENINGS = [
  "Okay, let me think about this carefully.",
  "Let me work through this step by step.",
  "First, I should understand what is asked.",
  "Alright, this looks like a standard problem.",
];

const DOUBTS = [
  "Wait, let me double-check that.",
  "Hmm, is that right? Let me go over it once more.",
  "Actually, I should verify this with a small case first.",
  "But hold on: the question could be read in another way.",
  "Let me try another approach to be sure.",
];

function exampleSample(
  task: ExampleTask,
  model: ExampleModel,
  seed: number,
  { begin, random, prefill = null }: SetOptions,
): MemorySample {
  const among = <T>(list: readonly T[]) =>
    list[Math.floor(random() * list.length)]!;
  const right = random() < model.skill + (prefill === null ? 0 : 0.13);
  const cut = model.wordy > 2 && random() < (right ? 0.02 : 0.1);
  const refused = model.wordy === 0 && random() < 0.02;
  const doubts = Math.floor(model.wordy * (right ? 1 : 2.2) * (0.5 + random()));
  const answer = cut || refused ? null : right ? task.truth : among(task.wrong);
  const thought: string[] = prefill === null ? [among(OPENINGS)] : [];
  for (let round = 0; round <= doubts; round++) {
    if (round > 0) thought.push(`\n\n${among(DOUBTS)}`);
    for (const step of task.steps) {
      if (random() < (round === 0 ? 0.95 : 0.6)) thought.push(among(step));
    }
  }
  if (!cut) {
    thought.push(`\n\nSo the answer should be ${answer ?? "clear"}.`);
  } else thought.push("\n\nLet me try another");
  const reasoning = model.wordy === 0
    ? null
    : thought.join(" ").replaceAll(" \n", "\n").replace(
      /^/,
      prefill === null ? "" : " ",
    );
  const content = refused
    ? "I’m sorry, but I can’t help with that."
    : cut
    ? ""
    : `${
      task.steps.map((step) => step.at(-1)).slice(0, 3).join(" ")
    }\n\n**Answer:** \\boxed{${answer}}`;
  const tokens = (text: string | null) => Math.ceil((text?.length ?? 0) / 3.6);
  const completionTokens = tokens(reasoning) + tokens(content);
  const name = `seed_${String(seed).padStart(5, "0")}.json`;
  const provider = among(model.providers);
  const slow = { Groq: 0.2, Chutes: 2.4, Fireworks: 0.6 }[provider] ?? 1;
  return {
    answer,
    head: {
      name,
      seed,
      problem: null,
      refusal: null,
      truncated: cut,
      finishReason: cut ? "length" : refused ? "content_filter" : "stop",
      provider,
      model: model.name,
      promptTokens: tokens(task.prompt),
      completionTokens,
      reasoningTokens: reasoning === null ? null : tokens(reasoning),
      costUsd: completionTokens * model.usdPerMillion / 1e6 * 9,
      latencyMs: Math.round(
        400 + completionTokens * slow * (14 + 22 * random()),
      ),
      created: begin + seed * 31 + Math.floor(random() * 20),
      attempts: random() < 0.05 ? 2 : 1,
      prefill: prefill === null
        ? null
        : random() < 0.1
        ? "restarted"
        : "continued",
      completedReasoning: !cut,
      reasoningLength: reasoning?.length ?? null,
      contentLength: content.length,
      contentStart: content.slice(0, 160),
    },
    texts: {
      name,
      reasoning,
      content,
      toolCalls: [],
      path: `/data/runs/rollouts/${model.name.replace("/", "-")}/${name}`,
      responseId: `gen-${hash(task.prompt)}${seed}`,
      quantization: among(["fp8", "bf16", null]),
      systemFingerprint: null,
      hasLogprobs: false,
      logprobs: null,
    },
  };
}

function randomOf(seed: number): () => number {
  const generator = xoroshiro128plus(seed);
  return () => uniformFloat64(generator);
}

/** Returns a short, deterministic name for a text. */
function hash(text: string): string {
  let sum = 7;
  for (const character of text) {
    sum = (sum * 31 + character.codePointAt(0)!) >>> 0;
  }
  return sum.toString(36);
}
