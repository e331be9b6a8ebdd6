import { type ArchivedPrompt, SampleArchive } from "../../mod.ts";
import type { FlagKind, ReadFlags } from "./read_flags.ts";
import { UsageError } from "./usage_error.ts";

/** The flags that choose prompts of a cache. */
export const CACHE_FLAGS = {
  cacheDir: "text",
  model: "text",
  prompt: "text",
  json: "boolean",
} as const satisfies Readonly<Record<string, FlagKind>>;

/** The same, as `--help` shows them. */
export const CACHE_HELP =
  `      --cache-dir DIR   the cache directory (.rollouts)
  -m, --model MODEL     only models whose slug has this in it
      --prompt TEXT     only prompts that have this in them
      --json            as JSON`;

/** Short forms of the flags. */
export const CACHE_ALIASES = { m: "model" } as const;

/** A prompt of a cache, with what its first readable sample says of it. */
export interface ChosenPrompt {
  /** The prompt's directory. */
  readonly prompt: ArchivedPrompt;
  /** The model that was asked for; the directory's name where no sample says it. */
  readonly model: string;
  /** The prompt's text; null where no sample says it. */
  readonly text: string | null;
}

/** The cache directory on the command line. */
export function archiveOf({ flags }: ReadFlags): SampleArchive {
  return new SampleArchive((flags.cacheDir ?? ".rollouts") as string);
}

/** The prompts that the flags choose, in the cache's order. */
export function* chosenPrompts(
  given: ReadFlags,
): Generator<ChosenPrompt, void, undefined> {
  const archive = archiveOf(given);
  const { model: wantedModel, prompt: wantedText } = given.flags;
  for (const prompt of archive.prompts()) {
    let model = prompt.place[0];
    let text: string | null = null;
    for (const { entry } of archive.samples(prompt)) {
      if (entry === null) continue;
      model = entry.model;
      text = typeof entry.prompt === "string"
        ? entry.prompt
        : JSON.stringify(entry.prompt);
      break;
    }
    const isWanted = has(model, wantedModel) && has(text ?? "", wantedText);
    if (isWanted) yield { prompt, model, text };
  }
}

/**
 * The one argument of a command.
 *
 * @throws {UsageError} Where there is none, or another.
 */
export function onlyArgument(
  { positionals }: ReadFlags,
  what: string,
): string {
  const [argument, ...others] = positionals;
  if (argument !== undefined && others.length === 0) return argument;
  throw new UsageError(`it takes ${what}, got ${positionals.length}`);
}

function has(text: string, part: unknown): boolean {
  return part === undefined ||
    text.toLowerCase().includes(String(part).toLowerCase());
}
