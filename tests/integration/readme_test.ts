import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { dirname } from "@std/path/dirname";
import { join } from "@std/path/join";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { commandWords, documentBlocks, NPX } from "../support/document.ts";
import { RedisServer, withRedis } from "../support/redis_server.ts";
import {
  finished,
  ROOT,
  startDeno,
  startScript,
  USUAL_PERMISSIONS,
} from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";

const GUIDES = [...Deno.readDirSync(join(ROOT, "docs"))]
  .map(({ name }) => `docs/${name}`).filter((name) => name.endsWith(".md"));

const commands = documentBlocks("sh").flatMap((block) =>
  block.trim().split("\n")
)
  .filter((line) => !line.startsWith("export "));

const guideCommands = GUIDES.flatMap((guide) => documentBlocks("sh", guide))
  .flatMap((block) => block.trim().split("\n"));

const examples = ["README.md", ...GUIDES].flatMap((document) =>
  documentBlocks("ts", document).map((code, index) => ({
    document,
    code,
    index,
  }))
);

for (const { document, code, index } of examples) {
  Deno.test(`${document}: example ${index + 1} runs`, async () => {
    await using mock = await MockOpenRouter.start();
    await using dir = new TempDir();
    const file = join(dir.path, "example.ts");
    await Deno.writeTextFile(file, code);
    const { code: exitCode, stdout, stderr } = await finished(
      startScript(file, {
        permissions: USUAL_PERMISSIONS,
        env: {
          OPENROUTER_API_KEY: "sk-test",
          OPENROUTER_BASE_URL: mock.baseUrl,
        },
        cwd: dir.path,
      }),
    );
    assertEquals([exitCode, stderr], [0, ""]);
    assert(stdout.length > 0);
  });
}

Deno.test("README: every command begins as it says", () => {
  const known = [NPX, "npm install ", "node ", "npx --yes @rollouts/client "];
  for (const command of commands) {
    assert(known.some((beginning) => command.startsWith(beginning)), command);
  }
  for (const command of guideCommands) assert(command.startsWith(NPX), command);
  assertEquals(commands.slice(0, 2), [`${NPX}task demo`, `${NPX}task test`]);
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

Deno.test("every file that a document links to exists", () => {
  for (
    const document of [
      "README.md",
      "CONTRIBUTING.md",
      "SECURITY.md",
      ...GUIDES,
    ]
  ) {
    const text = Deno.readTextFileSync(join(ROOT, document));
    for (const [, target] of text.matchAll(/\]\(([^)#:]+)\)/g)) {
      assert(Deno.statSync(join(ROOT, dirname(document), target!)).isFile);
    }
  }
});

Deno.test("README: task demo shows samples, an injected thought and the cache", async () => {
  const { code, stdout, stderr } = await finished(startDeno(["task", "demo"]));
  assertEquals(code, 0, stderr);
  for (
    const part of ["8 samples", "5*1▸0", "8 of 8 from the cache", "seed_00007"]
  ) {
    assertStringIncludes(stdout, part);
  }
});

Deno.test("README: task mock serves until it is interrupted", async () => {
  await using server = await served(
    commands.find((line) => line.includes("task mock"))!.replace("8787", "0"),
  );
  const models = await fetch(`${server.url}/models`);
  assert(Array.isArray((await models.json()).data));
  assertEndedByInterrupt(await server.interrupt());
});

Deno.test("README: task cli view serves until it is interrupted", async () => {
  await using dir = new TempDir();
  const command = commands.find((line) => line.endsWith("cli view"))!;
  await using server = await served(`${command} --cache-dir ${dir.path}`);
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

const cliCommands = [...commands, ...guideCommands]
  // What serves does not end by itself, and has a test of its own.
  .filter((line) => line.includes("task cli") && !line.includes("--queue"))
  .filter((line) => !line.endsWith("cli view"));

for (const command of cliCommands) {
  Deno.test(`README and guides: ${command.slice(NPX.length)} runs`, async () => {
    await using mock = await MockOpenRouter.start();
    await using dir = new TempDir();
    const { code, stdout, stderr } = await finished(
      startDeno(
        [
          ...commandWords(
            command.slice(NPX.length).replace("invented", dir.path)
              .replace("samples.html", join(dir.path, "samples.html")),
          ),
          ...(command.includes("--cache-dir") ? [] : ["--cache-dir", dir.path]),
          // What would be written into the working directory.
          ...(command.includes("cli anchors")
            ? ["-o", join(dir.path, "anchors.html")]
            : []),
        ],
        { OPENROUTER_API_KEY: "sk-test", OPENROUTER_BASE_URL: mock.baseUrl },
      ),
    );
    assertEquals(code, 0, stderr);
    assert(stdout.length > 0);
  });
}

Deno.test({
  ...withRedis,
  name:
    "the guide to many machines: what it starts are a worker and a run that go together",
  async fn() {
    await using redis = await RedisServer.start();
    await using mock = await MockOpenRouter.start();
    await using dir = new TempDir();
    const file = (name: string) => join(dir.path, name);
    await Deno.writeTextFile(file("prompts.jsonl"), '{"prompt": "2+2?"}\n');
    const [worker, run] = guideCommands
      .filter((line) => line.includes("--queue"))
      .map((line) =>
        startDeno([
          ...commandWords(line.slice(NPX.length)).map((word) =>
            word.endsWith(".jsonl")
              ? file(word)
              : word.replace(/^redis:.*/, redis.url)
          ),
          ...(line.includes("cli run") ? ["--cache-dir", file("cache")] : []),
        ], { OPENROUTER_API_KEY: "sk-test", OPENROUTER_BASE_URL: mock.baseUrl })
      );
    const { code, stderr } = await finished(run!);
    assertEquals(code, 0, stderr);
    const lines = await Deno.readTextFile(file("samples.jsonl"));
    assertEquals([lines.trim().split("\n").length, mock.answered], [10, 10]);
    worker!.kill("SIGINT");
    assert([0, 130].includes((await worker!.output()).code));
  },
});

Deno.test("docs/scale-out.md shows what sends spans on Node as it is tried there", async () => {
  const tried = await Deno.readTextFile(
    join(ROOT, "tests/npm/node/send_spans.ts"),
  );
  const onNode = tried.replace(/^\/\*\*.*?\*\//s, "")
    .replaceAll(/"npm:(@[^@"]+)@[^"]+"/g, '"$1"');
  const [shown] = documentBlocks("js", "docs/scale-out.md");
  assertEquals(shown?.trim(), onNode.trim());
});
