import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path/join";
import { RolloutsClient, stopOnInterrupt } from "../../mod.ts";
import type { CliOutput } from "../../src/cli/output/cli_output.ts";
import { main } from "../../src/cli/main.ts";
import { jsonLines } from "../support/data_set_run.ts";
import { MODEL } from "../support/mock_client.ts";
import { overrideEnv } from "../support/program_env.ts";
import { recordedLogger } from "../support/recorded_logger.ts";
import { runCli } from "../support/run_cli.ts";
import {
  finished,
  ROOT,
  startScript,
  USUAL_PERMISSIONS,
} from "../support/run_script.ts";
import { serve } from "../support/serve.ts";
import { TempDir } from "../support/temp_dir.ts";

/** Sets the clipboard, clears the screen (twice), renames the window, and reverses a line. */
const HOSTILE =
  "\u001b]52;c;cm0gLXJm\u0007\u001b[2J\u009b2J\u009d0;x\u009c\u202eexe\u2066\r";

/** Matches control characters that a terminal interprets. */
const OBEYED =
  // deno-lint-ignore no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/** Serves answers in which every string is hostile. */
function serveHostile(status = 200) {
  return serve((request) => {
    const { pathname } = new URL(request.url);
    if (pathname.endsWith("/models")) {
      const pricing = { prompt: "0.000001", completion: "0.000001" };
      const id = `a/${HOSTILE}`;
      return Response.json({ data: [{ id, name: HOSTILE, pricing }] });
    }
    if (status !== 200) {
      return Response.json({
        error: {
          message: HOSTILE,
          code: status,
          metadata: { provider_name: HOSTILE, raw: HOSTILE },
        },
      }, { status });
    }
    return Response.json({
      id: HOSTILE,
      model: HOSTILE,
      provider: HOSTILE,
      created: 1,
      choices: [{
        finish_reason: HOSTILE,
        message: { reasoning: HOSTILE, content: `${HOSTILE}\r\nend` },
      }],
    });
  });
}

Deno.test("no control character of a model, a provider, a file, or an argument reaches the terminal", async () => {
  await using server = await serveHostile();
  await using failing = await serveHostile(400);
  await using dir = new TempDir();
  const cacheDir = join(dir.path, "cache");
  const file = join(dir.path, "set\u009b\u202e.jsonl");
  await Deno.writeTextFile(
    file,
    jsonLines([{ id: HOSTILE, prompt: HOSTILE, model_note: HOSTILE }]),
  );
  const broken = join(dir.path, "broken\u009b.jsonl");
  await Deno.writeTextFile(broken, `{"prompt": "${HOSTILE}`);
  const env = (url: string) => ({
    OPENROUTER_API_KEY: "sk-test",
    OPENROUTER_BASE_URL: url,
  });
  const options = ["-m", MODEL, "--cache-dir", cacheDir];
  const commands: readonly (readonly string[])[] = [
    ["generate", "Hi", ...options],
    ["generate", "Hi", "--field", "content", ...options],
    ["generate", "Hi", "--field", "provider", ...options],
    ["generate", "Hi", "--json", ...options],
    ["generate", HOSTILE, "--verbose", "--seed", "3", ...options],
    ["run", file, ...options],
    ["run", broken, ...options],
    ["models"],
    ["models", "--json"],
    ["models", HOSTILE],
    ["cache", "ls", "--cache-dir", cacheDir],
    ["cache", "ls", "--json", "--cache-dir", cacheDir],
    ["cache", "stats", "--cache-dir", cacheDir],
    ["cache", "show", "", "--cache-dir", cacheDir],
    [
      "cache",
      "export",
      "-o",
      "-",
      "--format",
      "jsonl",
      "--cache-dir",
      cacheDir,
    ],
    ["cache", "ls", "--cache-dir", HOSTILE],
    ["generate", "Hi", `--${HOSTILE}`],
    ["generate", "Hi", "--top-p", HOSTILE],
    [HOSTILE],
  ];
  let json = 0;
  for (const url of [server.url, failing.url]) {
    for (const args of commands) {
      const { stdout, stderr } = await runCli(args, env(url));
      const shown = args.join(" ");
      assert(stdout + stderr !== "", shown);
      assert(!OBEYED.test(stdout.replaceAll("\r\n", "\n")), `${shown}: stdout`);
      assert(!OBEYED.test(stderr.replaceAll("\r\n", "\n")), `${shown}: stderr`);
      if (!args.includes("--json") || stdout === "") continue;
      json++;
      assert(stdout.includes("\\u009b2J"), shown);
      assert(JSON.stringify(JSON.parse(stdout)).includes("\u009b2J"), shown);
    }
  }
  assert(json >= 5);
});

Deno.test("an error that nothing catches reaches stderr without control characters", async () => {
  await using dir = new TempDir();
  const file = join(dir.path, "main.ts");
  const error = `Object.assign(new Error(${
    JSON.stringify(HOSTILE)
  }), { stack: undefined })`;
  for (
    const failure of [
      `Promise.reject(${error})`,
      `setTimeout(() => { throw ${error} })`,
    ]
  ) {
    await Deno.writeTextFile(
      file,
      `import { runProcess } from "${ROOT}src/cli/run_process.ts";
await runProcess(() => {
  ${failure};
  return new Promise((resolve) => setTimeout(resolve, 60_000));
});`,
    );
    const { code, stdout, stderr } = await finished(
      startScript(file, { permissions: USUAL_PERMISSIONS }),
    );
    assertEquals([code, stdout], [1, ""], stderr);
    assert(stderr.startsWith("rollouts: unexpected error: \\u001b]52"), stderr);
    assert(!OBEYED.test(stderr), stderr);
  }
});

Deno.test("messages of the library reach stderr without control characters", async () => {
  await using server = await serveHostile(400);
  using _ = overrideEnv({});
  const lines: string[] = [];
  const { error, warn } = console;
  console.error = console.warn = (line: string) => void lines.push(line);
  try {
    await using client = new RolloutsClient({
      model: MODEL,
      baseUrl: server.url,
      apiKey: "sk-test",
      useCache: false,
      verbose: true,
    });
    await client.generate("Hi").catch(() => {});
  } finally {
    Object.assign(console, { error, warn });
  }
  assert(lines.join("\n").includes("\\u009b2J"), lines.join("\n"));
  assert(!lines.some((line) => OBEYED.test(line)));
});

Deno.test("a command writes CSV to a pipe unchanged, and JSON lines with escapes", async () => {
  await using server = await serveHostile();
  await using dir = new TempDir();
  const cacheDir = ["--cache-dir", dir.path];
  using _ = overrideEnv({
    OPENROUTER_API_KEY: "sk-test",
    OPENROUTER_BASE_URL: server.url,
  });
  let text = "";
  const output: CliOutput = {
    print: () => {},
    log: () => {},
    write: (part) => {
      text += part;
      return Promise.resolve();
    },
  };
  await main(["generate", "Hi\u2028there", "-m", MODEL, ...cacheDir], output);
  const exported = ["cache", "export", "-o", "-", ...cacheDir, "--format"];
  await main([...exported, "csv"], output);
  assert(text.includes("\u009b2J") && text.includes("Hi\u2028there"));
  text = "";
  await main([...exported, "jsonl"], output);
  assert(text.includes("Hi\\u2028there") && !text.includes("\u2028"));
  assertEquals(JSON.parse(text).prompt, "Hi\u2028there");
});

Deno.test("stopOnInterrupt() logs through the logger of its client", () => {
  const messages: string[] = [];
  const client = new RolloutsClient({
    model: MODEL,
    logger: recordedLogger(messages),
  });
  const { addSignalListener } = Deno;
  let interrupt = () => {};
  Deno.addSignalListener = (name, listener) => {
    if (name === "SIGINT") interrupt = listener;
  };
  try {
    using watch = stopOnInterrupt(client);
    interrupt();
    assertEquals(watch.happened, false);
  } finally {
    Deno.addSignalListener = addSignalListener;
  }
  return Promise.resolve().then(() => {
    assertEquals(messages.length, 1);
    assert(messages[0]!.startsWith("interrupted: "), messages[0]);
    Deno.exitCode = 0;
  });
});
