import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { join } from "@std/path/join";
import { toKebabCase } from "@std/text/to-kebab-case";
import { OPTION_FLAGS } from "../../src/cli/flags/option_flags.ts";
import { OPTIONS } from "../../src/options/all_options.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import {
  commandWords,
  documentBlocks,
  documentLinks,
  documentProgram,
  INSTALLED,
  NPX,
} from "../support/document.ts";
import { RedisServer, withRedis } from "../support/redis_server.ts";
import { startCli } from "../support/run_cli.ts";
import {
  finished,
  ROOT,
  startDeno,
  startScript,
  USUAL_PERMISSIONS,
} from "../support/run_script.ts";
import { MODEL } from "../support/mock_client.ts";
import { TempDir } from "../support/temp_dir.ts";

const GUIDES = [...Deno.readDirSync(join(ROOT, "docs"))]
  .map(({ name }) => `docs/${name}`).filter((name) => name.endsWith(".md"));

/** A command of a document: a line of a shell block. */
interface DocumentCommand {
  readonly document: string;
  readonly line: string;
}

const commands: readonly DocumentCommand[] = ["README.md", ...GUIDES]
  .flatMap((document) =>
    documentBlocks("sh", document).flatMap((block) => block.trim().split("\n"))
      .filter((line) => !/^(?:#|export )/.test(line))
      .map((line) => ({ document, line }))
  );

/**
 * Commands that install or run the published package, which tests/long/readme_start_test.ts runs.
 */
const PUBLISHED = [
  "npm install @rollouts/client",
  "deno add jsr:@rollouts/client",
  "deno run --allow-net=openrouter.ai ",
];

for (const document of ["README.md", ...GUIDES]) {
  if (documentBlocks("ts", document).length === 0) continue;
  Deno.test(`${document}: its code runs as one program, and prints what its comments show`, async () => {
    await using mock = await MockOpenRouter.start();
    await using dir = new TempDir();
    const file = join(dir.path, "program.ts");
    const program = documentProgram(document);
    await Deno.writeTextFile(file, onExampleServer(mock, program));
    const { code, stdout, stderr } = await finished(
      startScript(file, {
        permissions: USUAL_PERMISSIONS,
        env: {
          OPENROUTER_API_KEY: "sk-test",
          OPENROUTER_BASE_URL: mock.baseUrl,
        },
        cwd: dir.path,
      }),
    );
    assertEquals([code, stderr], [0, ""]);
    assert(stdout.length > 0 || !program.includes("console.log("));
    const lines = stdout.split("\n");
    for (const value of printedValues(document)) {
      const at = lines.findIndex((line) => line.startsWith(value));
      assert(at >= 0, `${value} is not printed after the values before it`);
      lines.splice(0, at + 1);
    }
  });
}

/**
 * Returns the values in comments such as `console.log(…); // value`, without quotes, up to an
 * ellipsis.
 */
function printedValues(document: string): readonly string[] {
  return documentBlocks("ts", document).flatMap((code) => [
    ...code.matchAll(/^console\.log\(.*\); \/\/ (?=["[\dt])(.*)$/gm),
  ]).map(([, value]) => value!.replaceAll(/"|…"?$/g, ""));
}

Deno.test("every command in a document is run by a test", () => {
  const run = [NPX, `${INSTALLED} `, ...PUBLISHED];
  for (const { document, line } of commands) {
    assert(
      run.some((start) => line.startsWith(start)),
      `${document}: ${line}`,
    );
  }
  const lines = commands.map(({ line }) => line);
  for (const task of ["task demo", "task test"]) {
    assert(lines.includes(`${NPX}${task}`), task);
  }
});

/** The contents of the Python package's README, by their names in this package. */
const SHOWN_BY_PYTHON = [
  "arxiv.org/abs/2506.19143",
  "nSamples",
  "in the order of their seeds",
  "Promise.all",
  "reasoning",
  "content",
  '`reasoning + "</think>" + content`',
  "<think>",
  "end a prefill with a space",
  "newline after `<think>`",
  "gpt-oss",
  "OpenAI and Gemini hide",
  "@rollouts/client probe",
  "provider: { only",
  "temperature",
  "maxTokens",
  "topP",
  "logprobs",
  "requestsPerMinute",
  "progressBar",
  "useCache",
  'use_cache="sql"',
  "cacheDir",
  "seed_00000.json",
  "finish reason is `error`",
  "clear the cache, delete",
  "OPENROUTER_API_KEY",
  "apiKey",
  "generateSingle",
];

Deno.test("everything in the Python package's README is in README.md or one link away", () => {
  const linked = documentLinks("README.md").map(({ path }) => path)
    .filter((path) => path.endsWith(".md"));
  const text = ["README.md", ...new Set(linked)]
    .map((document) => Deno.readTextFileSync(join(ROOT, document)))
    .join("\n").replaceAll(/\s+/g, " ");
  const missing = SHOWN_BY_PYTHON.filter((shown) => !text.includes(shown));
  assertEquals(missing, []);
});

Deno.test("README.md has at most 180 lines", () => {
  const text = Deno.readTextFileSync(join(ROOT, "README.md"));
  assert(text.trimEnd().split("\n").length <= 180);
});

Deno.test("every task that a document names exists", () => {
  const { tasks } = JSON.parse(
    Deno.readTextFileSync(join(ROOT, "deno.json")),
  );
  for (const document of ["README.md", "CONTRIBUTING.md", ...GUIDES]) {
    const text = Deno.readTextFileSync(join(ROOT, document));
    for (const [, task] of text.matchAll(/\bdeno(?:@2)? task ([\w:-]+)/g)) {
      assert(tasks[task!] !== undefined, `${document}: ${task}`);
    }
  }
});

Deno.test("the generated parts of docs/ are up to date", async () => {
  const { code, stderr } = await finished(
    startDeno(["task", "docs", "--check"]),
  );
  assertEquals(code, 0, stderr);
});

Deno.test("docs/api.md and docs/cli.md have every option", () => {
  const [api, cli] = ["docs/api.md", "docs/cli.md"].map((guide) =>
    Deno.readTextFileSync(join(ROOT, guide))
  );
  for (const name of OPTIONS.keys()) {
    assertStringIncludes(api!, `| \`${name}\` |`);
    if (!Object.hasOwn(OPTION_FLAGS, name)) continue;
    assertMatch(cli!, new RegExp(`--(\\[no-\\])?${toKebabCase(name)}[ \\n]`));
  }
});

/** The inline commands of the guides that run a script of the repository. */
const scripts = GUIDES.flatMap((document) => {
  const text = Deno.readTextFileSync(join(ROOT, document));
  return [...text.matchAll(/`([^`]*\bscripts\/\w+\.ts[^`]*)`/g)]
    .map(([, line]) => ({ document, line: line! }));
});

for (const { document, line } of scripts) {
  Deno.test(`${document}: ${line}`, async () => {
    assert(line.startsWith(NPX), line);
    await using dir = new TempDir();
    const file = join(dir.path, "file");
    await Deno.writeTextFile(file, "");
    const args = commandWords(line.slice(NPX.length).replace("FILE", file));
    const { code, stdout, stderr } = await finished(startDeno(args));
    assertEquals(code, 0, stderr);
    assertStringIncludes(stdout, "|---|");
  });
}

Deno.test("README: task demo shows samples, the cache, a prefill and a resampled sentence", async () => {
  const { code, stdout, stderr } = await finished(startDeno(["task", "demo"]));
  assertEquals(code, 0, stderr);
  for (
    const part of [
      "8 samples",
      "8 of 8 from the cache",
      "8*6 = 3▸6",
      "20 samples from before it: 48 ×",
      "seed_000",
    ]
  ) {
    assertStringIncludes(stdout, part);
  }
});

Deno.test("README: task mock serves until it is interrupted", async () => {
  const { line } = commands.find(({ line }) => line.includes("task mock"))!;
  await using server = await served(line.replace("8787", "0"));
  const models = await fetch(`${server.url}/models`);
  assert(Array.isArray((await models.json()).data));
  assertEndedByInterrupt(await server.interrupt());
});

Deno.test("README: view serves until it is interrupted", async () => {
  await using dir = new TempDir();
  const { line } = commands.find(({ line }) => line.endsWith(" view"))!;
  await using server = await served(
    `${line.replace(INSTALLED, `${NPX}task cli`)} --cache-dir ${dir.path}`,
  );
  const page = await fetch(server.url);
  assertStringIncludes(await page.text(), "<!DOCTYPE html>");
  assertEndedByInterrupt(await server.interrupt());
});

/** Starts a command of a document, which prints the address that it serves. */
async function served(command: string) {
  const child = startDeno(commandWords(command.slice(NPX.length)));
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  reader.releaseLock();
  let output: Promise<Deno.CommandOutput> | undefined;
  const interrupt = async () => {
    if (output === undefined) child.kill("SIGINT");
    output ??= child.output();
    return (await output).code;
  };
  return {
    url: new TextDecoder().decode(value).trim(),
    interrupt,
    [Symbol.asyncDispose]: async () => void await interrupt(),
  };
}

/** `deno task` itself ends with 0 or 130, whichever of the two processes is first. */
function assertEndedByInterrupt(code: number): void {
  assert([0, 130].includes(code), String(code));
}

/** Commands that exit on their own, except those of a queue, which has its own test. */
const cliCommands = commands.filter(({ line }) =>
  line.startsWith(`${INSTALLED} `) || line.startsWith(`${NPX}task cli `)
).filter(({ line }) => !line.includes("--queue") && !line.endsWith(" view"));

for (const { document, line } of cliCommands) {
  Deno.test(`${document}: ${line}`, async () => {
    await using mock = await MockOpenRouter.start();
    await using dir = new TempDir();
    await Deno.writeTextFile(
      join(dir.path, "prompts.jsonl"),
      documentBlocks("json", "docs/cli.md")[0]!,
    );
    // The commands of the cache show the samples of this one.
    const before = await finished(startCli(mock, SAMPLED, dir.path));
    assertEquals(before.code, 0, before.stderr);
    const words = commandWords(line);
    // Both `npx @rollouts/client` and `npx --yes deno@2 task cli` run this program.
    const args = words.slice(line.startsWith(INSTALLED) ? 2 : 5)
      .map((word) => onExampleServer(mock, word));
    const { code, stdout, stderr } = await finished(
      startCli(mock, args, dir.path),
    );
    assertEquals(code, 0, stderr);
    if (!args.includes("-o")) {
      assert(stdout.length > 0);
      return;
    }
    const output = join(dir.path, args[args.indexOf("-o") + 1]!);
    const { isDirectory, size } = await Deno.stat(output);
    assert(isDirectory ? [...Deno.readDirSync(output)].length > 0 : size > 0);
  });
}

/** Replaces the server and the model that docs/servers.md shows. */
function onExampleServer({ baseUrl }: MockOpenRouter, text: string): string {
  return text.replaceAll("http://127.0.0.1:8000/v1", baseUrl)
    // Only the language model of the mock server reports the tokens of a prompt.
    .replaceAll("Qwen/Qwen3-8B-Base", "rollouts/tiny-sums")
    .replaceAll("Qwen/Qwen3-8B", MODEL);
}

const SAMPLED = ["generate", "What is 7*8?", "-m", MODEL];

Deno.test({
  ...withRedis,
  name: "docs/scale-out.md: its worker and its run work together",
  async fn() {
    await using redis = await RedisServer.start();
    await using mock = await MockOpenRouter.start();
    await using dir = new TempDir();
    const file = (name: string) => join(dir.path, name);
    await Deno.writeTextFile(file("prompts.jsonl"), '{"prompt": "2+2?"}\n');
    const [worker, run] = commands
      .filter(({ line }) => line.includes("--queue"))
      .map(({ line }) =>
        startCli(
          mock,
          commandWords(line.slice(INSTALLED.length)).map((word) =>
            word.replace(/^redis:.*/, redis.url)
          ),
          dir.path,
        )
      );
    const { code, stderr } = await finished(run!);
    assertEquals(code, 0, stderr);
    const lines = await Deno.readTextFile(file("samples.jsonl"));
    assertEquals([lines.trim().split("\n").length, mock.answered], [10, 10]);
    worker!.kill("SIGINT");
    assert([0, 130].includes((await worker!.output()).code));
  },
});

Deno.test("docs/scale-out.md shows the tested script that sends spans on Node", async () => {
  const tried = await Deno.readTextFile(
    join(ROOT, "tests/npm/node/send_spans.ts"),
  );
  const onNode = tried.replace(/^\/\*\*.*?\*\//s, "")
    .replaceAll(/"npm:(@[^@"]+)@[^"]+"/g, '"$1"');
  const [shown] = documentBlocks("js", "docs/scale-out.md");
  assertEquals(shown?.trim(), onNode.trim());
});
