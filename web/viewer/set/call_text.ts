import type { Prompt } from "../../../src/prompt.ts";
import type { SetCall, SetSamples } from "../../../src/viewer/view_data.ts";

/** A call that makes the samples of a set. */
export interface RepeatedCall {
  readonly prompt: Prompt;
  /** The options as written by the caller, without those of a default. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly nSamples: number;
}

/** Returns the call that makes the samples of a set, or `null` if it is unknown. */
export function repeatedCall(
  { prompt, call, samples }: SetSamples,
  cacheDirs: readonly string[],
): RepeatedCall | null {
  if (call === null || samples.length === 0) return null;
  const seeds = samples.map(({ seed }) => seed);
  const first = seeds.reduce((a, b) => Math.min(a, b));
  const last = seeds.reduce((a, b) => Math.max(a, b));
  const seed: Pick<SetCall, "seed"> = call.seed === null
    ? { seed: null }
    : first === 0
    ? {}
    : { seed: first };
  return {
    prompt,
    options: {
      ...call,
      cacheDir: cacheDirs.length === 1 ? cacheDirs[0]! : cacheDirs,
      ...seed,
    },
    nSamples: (call.seed === null ? last : last - first) + 1,
  };
}

/** The call as a TypeScript program. */
export function callTypeScript(
  { prompt, options, nSamples }: RepeatedCall,
): string {
  const { seed, ...others } = options;
  const own = seed === undefined ? "" : `, seed: ${literal(seed)}`;
  const lines = Object.entries(others)
    .map(([name, value]) => `  ${name}: ${literal(value, "  ")},`);
  return `import { RolloutsClient } from "@rollouts/client";

await using client = new RolloutsClient({
${lines.join("\n")}
});
const rollouts = await client.generate(
  ${literal(prompt, "  ")},
  { nSamples: ${nSamples}${own} },
);
`;
}

/** The call as a command of bash or zsh. */
export function callCommand(
  { prompt, options, nSamples }: RepeatedCall,
): string {
  const flags = Object.entries({ ...options, nSamples })
    .flatMap(([name, value]) =>
      // The only flag that is repeated.
      name === "cacheDir" && Array.isArray(value)
        ? value.map((dir) => flag(name, dir))
        : [flag(name, value)]
    );
  const isArgument = typeof prompt === "string" && prompt !== "-" &&
    prompt.length <= LONGEST_ARGUMENT && !prompt.includes("\0");
  if (isArgument) {
    return `rollouts generate ${flags.join(" ")} -- ${quoted(prompt)}\n`;
  }
  const line = escaped(JSON.stringify(
    typeof prompt === "string" ? { prompt } : { messages: prompt },
  ));
  return `rollouts run - ${flags.join(" ")} <<'END'\n${line}\nEND\n`;
}

/** Linux allows 128 KiB for an argument, in UTF-8. */
const LONGEST_ARGUMENT = 30_000;

function flag(name: string, value: unknown): string {
  const kebab = name.replaceAll(/[A-Z]/g, (letter) => `-${letter}`)
    .toLowerCase();
  if (typeof value === "boolean") return `--${value ? "" : "no-"}${kebab}`;
  // A joined value may begin with a hyphen.
  return `--${kebab}=${quoted(flagText(value))}`;
}

function flagText(value: unknown): string {
  if (value === null) return "none";
  // A text that begins like JSON would be parsed as JSON.
  const isPlain = typeof value === "string" && !/^[[{"]/.test(value);
  return isPlain ? value : JSON.stringify(value);
}

/** A word of a shell, without characters that a terminal obeys when they are pasted. */
function quoted(text: string): string {
  if (/^[\w.,:/@+-]+$/.test(text)) return text;
  if (!OBEYED.test(text)) return `'${text.replaceAll("'", "'\\''")}'`;
  return `$'${escaped(text.replaceAll(/[\\']/g, "\\$&"))}'`;
}

/** Control characters other than tabs and line ends, and marks that change how a text reads. */
const OBEYED =
  // deno-lint-ignore no-control-regex
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

function escaped(text: string): string {
  return text.replaceAll(
    new RegExp(OBEYED, "g"),
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A value as TypeScript, with its lines indented. */
function literal(value: unknown, indent = ""): string {
  return escaped(JSON.stringify(value, null, 2))
    .replaceAll("\n", `\n${indent}`);
}
