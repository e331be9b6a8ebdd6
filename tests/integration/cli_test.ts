import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { join } from "@std/path/join";
import { COMMANDS } from "../../src/cli/commands.ts";
import { readFlags } from "../../src/cli/flags/read_flags.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { commandWords } from "../support/document.ts";
import { MODEL } from "../support/mock_client.ts";
import {
  finished,
  ROOT,
  scriptCommand,
  startScript,
  USUAL_PERMISSIONS,
} from "../support/run_script.ts";
import { cliEnv, runCli } from "../support/run_cli.ts";
import { TempDir } from "../support/temp_dir.ts";

function run(
  args: readonly string[],
  baseUrl = "http://127.0.0.1:1",
  apiKey = "sk-test",
) {
  return runCli(args, {
    OPENROUTER_API_KEY: apiKey,
    OPENROUTER_BASE_URL: baseUrl,
  });
}

Deno.test("rollouts generate prints samples, JSON lines, or one field", async () => {
  await using mock = await MockOpenRouter.start();
  const generate = ["generate", "What is 5*10?", "-m", MODEL, "-n", "2"];
  const cold = [...generate, "--no-use-cache"];
  const readable = await run(cold, mock.baseUrl);
  assertEquals([readable.code, readable.stderr], [0, ""]);
  assertStringIncludes(readable.stdout, "── seed 1 (stop)");
  const json = await run([...cold, "--json"], mock.baseUrl);
  const lines = json.stdout.trim().split("\n").map((line) => JSON.parse(line));
  assertEquals(lines.map(({ seed }) => seed), [0, 1]);
  const field = await run([...cold, "--field", "seed"], mock.baseUrl);
  assertEquals(field.stdout, "0\n1\n");
});

Deno.test("main() passes the log of its client to the output", async () => {
  await using mock = await MockOpenRouter.start();
  const { code, stdout, stderr } = await run(
    ["generate", "hi", "-m", MODEL, "--no-use-cache", "--verbose", "--json"],
    mock.baseUrl,
  );
  assertEquals([code, JSON.parse(stdout).seed], [0, 0]);
  assertMatch(stderr, /^(rollouts: .+\n)+$/);
});

Deno.test("rollouts generate sends the given options", async () => {
  await using mock = await MockOpenRouter.start();
  const { code, stderr } = await run([
    "generate",
    "hi",
    "--model",
    MODEL,
    "--no-use-cache",
    "--temperature=0.2",
    "--provider",
    '{"allow_fallbacks": true}',
  ], mock.baseUrl);
  assertEquals(code, 0, stderr);
  const body = mock.requests[0]?.body as Record<string, unknown>;
  assertEquals(body.temperature, 0.2);
  assertEquals(body.provider, { allow_fallbacks: true });
});

Deno.test("rollouts generate --plan prints the maximum cost and requests nothing", async () => {
  await using mock = await MockOpenRouter.start();
  const { code, stdout, stderr } = await runCli(
    ["generate", "hi", "-m", MODEL, "-n", "3", "--no-use-cache", "--plan"],
    cliEnv(mock),
  );
  assertEquals([code, mock.started], [0, 0], stderr);
  assertMatch(
    stdout,
    /^samples +3\ncached +0\nmissing +3\nmaximum cost +\$0\.\d+\n/,
  );
  const args = ["generate", "hi", "-m", MODEL, "-n", "3", "--no-use-cache"];
  const json = await runCli([...args, "--plan", "--json"], cliEnv(mock));
  const { prompts, cached, missing, maxCostUsd } = JSON.parse(json.stdout);
  assertEquals([prompts, cached, missing], [1, 0, 3]);
  assert(maxCostUsd > 0, json.stdout);
  const field = await runCli(
    [...args, "--plan", "--field", "content"],
    cliEnv(mock),
  );
  assertEquals([field.code, mock.started], [2, 0]);
});

Deno.test("rollouts generate --field accepts each name that --json prints", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const args = ["generate", "hi", "-m", MODEL, "--cache-dir", dir.path];
  const json = await runCli([...args, "--json"], cliEnv(mock));
  const sample = JSON.parse(json.stdout);
  assert("finish_reason" in sample);
  for (const [name, value] of Object.entries(sample)) {
    // A field of the Python package, which is always the same.
    if (name === "echo") continue;
    const { code, stdout, stderr } = await runCli(
      [...args, "--field", name],
      cliEnv(mock),
    );
    assertEquals(code, 0, stderr);
    if (name === "finish_reason") assertEquals(stdout, `${value}\n`);
  }
});

Deno.test("rollouts generate warns if the prompt is the name of a file", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const file = join(dir.path, "prompt.txt");
  await Deno.writeTextFile(file, "Hi");
  for (const [prompt, isWarned] of [[file, true], [dir.path, false]] as const) {
    const { code, stderr } = await runCli(
      ["generate", prompt, "-m", MODEL, "--no-use-cache"],
      cliEnv(mock),
    );
    assertEquals(code, 0, stderr);
    assertEquals(stderr.includes(`--prompt-file ${prompt}`), isWarned);
  }
});

Deno.test("rollouts suggests the model that a misspelled one may mean", async () => {
  await using mock = await MockOpenRouter.start();
  const hint = `did you mean "${MODEL}"?`;
  for (
    const command of [["generate", "hi", "--no-use-cache", "-m"], ["providers"]]
  ) {
    const words = [...command, MODEL.slice(0, -1)];
    const { code, stdout, stderr } = await runCli(words, cliEnv(mock));
    assertEquals([code, stdout], [1, ""]);
    const [shown, error] = stderr.trim().split("\n");
    assertStringIncludes(shown!, hint);
    assertMatch(error!, / 40[04]/);
    const other = await runCli([...command, "no/such"], cliEnv(mock));
    assertEquals([other.code, other.stderr.includes("did you mean")], [
      1,
      false,
    ]);
  }
});

Deno.test("rollouts exits with 2 and an explanation when the command line is invalid", async () => {
  const wrong: [string[], string][] = [
    [[], "no command given"],
    [["frobnicate"], 'unknown command "frobnicate"'],
    [["generat"], 'unknown command "generat"; did you mean "generate"?'],
    [
      ["generate", "hi", "--prompt-file", "x"],
      "pass either a prompt or --prompt-file, not both",
    ],
    [["run"], "run takes one file, got 0 arguments"],
    [["config", "x"], "config takes no argument, got 1 argument\n"],
    [["run", "x", "-m", "m", "--format", "xml"], "--format must be one of"],
    [["generate", "hi", "--frob", "1"], "unknown option --frob\n"],
    [
      ["generate", "hi", "--temprature", "1"],
      "unknown option --temprature; did you mean --temperature?",
    ],
    [
      ["generate", "hi", "--api-key", "sk-1"],
      "unknown option --api-key: set OPENROUTER_API_KEY",
    ],
    [["generate", "-5+3?"], "put a prompt that starts with - after --"],
    [["generate", "hi", "-m", "m", "--field", "contnet"], "--field must be"],
    [["generate", "hi"], "--model is required"],
    [
      ["generate", "hi", "-m", "m", "--temperature", "5"],
      "--temperature must be a number from 0 to 2, got 5",
    ],
    [
      ["run", "set.jsonl", "-m", "m", "-n", "0"],
      "--n-samples must be an integer from 1 to 10000000, got 0",
    ],
    [
      ["generate", "hi", "-m", "m", "--cache-only", "--no-use-cache"],
      "--cache-only and --no-use-cache exclude each other: omit one",
    ],
    [["generate", "hi", "-n", "many"], "--n-samples must be a number"],
    [["generate", "hi", "--provider", "{"], "--provider must be JSON"],
    [["mock", "--port", "99999"], "--port must be an integer"],
  ];
  for (const [args, message] of wrong) {
    const { code, stderr, stdout } = await runCli(args);
    assertEquals([code, stdout], [2, ""], args.join(" "));
    assertStringIncludes(stderr, message);
  }
});

Deno.test("rollouts generate exits with 2 when neither an argument nor stdin has a prompt", async () => {
  const { code, stderr } = await finished(
    startScript("src/cli/main.ts", { permissions: USUAL_PERMISSIONS }, [
      "generate",
    ]),
  );
  assertEquals(code, 2);
  assertStringIncludes(stderr, "takes one prompt");
});

Deno.test("rollouts generate exits with 1 when samples are missing", async () => {
  await using mock = await MockOpenRouter.start({
    faults: ({ seed }) => seed === 1 ? { type: "status", status: 400 } : null,
  });
  const { code, stdout, stderr } = await run([
    "generate",
    "hi",
    "-m",
    MODEL,
    "-n",
    "3",
    "--no-use-cache",
    "--field",
    "seed",
  ], mock.baseUrl);
  assertEquals([code, stdout], [1, "0\n2\n"]);
  assertStringIncludes(
    stderr,
    `seed 1: ${new URL(mock.baseUrl).host} answered 400`,
  );
});

Deno.test("rollouts generate sends the prompt unchanged, and negative numbers", async () => {
  await using mock = await MockOpenRouter.start();
  for (const prompt of ["007", "1e3", "0x10", "1.0"]) {
    await run([
      "generate",
      prompt,
      "-m",
      MODEL,
      "--no-use-cache",
      "--presence-penalty",
      "-1",
      "--stop",
      "END",
    ], mock.baseUrl);
    const body = mock.requests.at(-1)?.body as Record<string, unknown>;
    assertEquals(body.messages, [{ role: "user", content: prompt }]);
    assertEquals([body.presence_penalty, body.stop], [-1, "END"]);
  }
});

Deno.test("rollouts mock serves until it is interrupted, and exits with 0", async () => {
  const child = startScript("src/cli/main.ts", {
    permissions: USUAL_PERMISSIONS,
  }, [
    "mock",
  ]);
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  reader.releaseLock();
  const baseUrl = new TextDecoder().decode(value).trim();
  await (await fetch(`${baseUrl}/models`)).body?.cancel();
  child.kill("SIGINT");
  assertEquals((await child.output()).code, 0);
});

Deno.test("rollouts generate explains a wrong key or base URL without showing the key", async () => {
  const generate = ["generate", "hi", "-m", MODEL, "--no-use-cache"];
  const key = await run(generate, undefined, "sk-or-SECRET\r\nX: y");
  assertEquals(key.code, 1);
  assertStringIncludes(key.stderr, "the API key in OPENROUTER_API_KEY must");
  assertEquals(key.stderr.includes("SECRET"), false);
  const address = await run(generate, "127.0.0.1:8787/api/v1");
  assertEquals(address.code, 2);
  assertStringIncludes(address.stderr, "OPENROUTER_BASE_URL must be an http");
});

Deno.test("rollouts prints its version, its commands, and the help of each", async () => {
  const { version } = JSON.parse(
    await Deno.readTextFile(join(ROOT, "deno.json")),
  );
  const shown = await runCli(["--version"]);
  assertEquals([shown.code, shown.stdout], [0, `rollouts ${version}\n`]);
  const { stdout } = await runCli(["--help"]);
  for (const { name, summary } of COMMANDS) {
    assertStringIncludes(stdout, summary);
    const help = await runCli([...name.split(" "), "--help"]);
    assertEquals([help.code, help.stderr], [0, ""]);
    assertStringIncludes(help.stdout, `Usage: rollouts ${name}`);
    const [, examples = ""] = help.stdout.split("\nExamples:\n");
    assert(examples.trim().split("\n").length >= 2, name);
    for (const line of help.stdout.split("\n")) {
      assert(line.length <= 100 || line.startsWith("  "), line);
    }
    assertEquals(
      (await runCli(["help", ...name.split(" ")])).stdout,
      help.stdout,
    );
  }
});

Deno.test("rollouts generate reads the prompt from a file or from stdin", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const file = join(dir.path, "prompt.txt");
  await Deno.writeTextFile(file, "What is 5*10?\n<think>\n5*1\n");
  const options = ["-m", MODEL, "--no-use-cache", "--field", "seed"];
  const named = await run(
    ["generate", "--prompt-file", file, ...options],
    mock.baseUrl,
  );
  assertEquals([named.code, named.stdout], [0, "0\n"]);
  const child = new Deno.Command("sh", {
    args: [
      "-c",
      `cat "$0" | "$@"`,
      file,
      ...scriptCommand("src/cli/main.ts", USUAL_PERMISSIONS),
      "generate",
      ...options,
    ],
    cwd: ROOT,
    env: cliEnv(mock),
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const piped = await finished(child);
  assertEquals([piped.code, piped.stdout, piped.stderr], [0, "0\n", ""]);
  const [first, second] = mock.requests.map(({ body }) => body);
  assertEquals(first, second);
  assertEquals(
    (first as { messages: { content: string }[] }).messages[1]?.content,
    "<think>\n5*1",
  );
});

Deno.test("the examples of --help name commands and flags that exist", async () => {
  for (const { name, load } of COMMANDS) {
    const { command } = await load();
    const [, examples = ""] = command.help.split("\nExamples:\n");
    for (const [, line] of examples.matchAll(/rollouts (.*)$/gm)) {
      const words = commandWords(line!.replace(/ [>|] .*$/, ""));
      const entry = COMMANDS.find(({ name }) =>
        words.join(" ").startsWith(name)
      );
      assert(entry !== undefined, line);
      const { flags } = (await entry.load()).command;
      readFlags(words.slice(entry.name.split(" ").length), flags);
    }
    assert(examples.includes(`rollouts ${name}`), name);
  }
});
