import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "@std/path/join";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import {
  finished,
  ROOT,
  scriptCommand,
  startScript,
  USUAL_PERMISSIONS,
} from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";
import { TerminalProgram } from "../support/terminal_program.ts";
import { until } from "../support/until.ts";

/** Runs `generate` on a terminal, and returns what it drew. */
async function drawn(call: string): Promise<string> {
  await using mock = await MockOpenRouter.start({
    latencyMs: ({ seed }) => 60 * (seed ?? 0),
    faults: ({ seed }) => seed === 2 ? { type: "status", status: 400 } : null,
  });
  await using dir = new TempDir();
  const file = await writeScript(dir, mock, call);
  const program = new TerminalProgram(scriptCommand(file, USUAL_PERMISSIONS), {
    columns: 120,
    env: {},
  });
  const code = await program.ended();
  const { text } = program;
  assertEquals(code, 0, text);
  return text;
}

async function writeScript(
  dir: TempDir,
  mock: MockOpenRouter,
  call: string,
): Promise<string> {
  const file = join(dir.path, "script.ts");
  const options = JSON.stringify({
    model: "qwen/qwen3-30b-a3b",
    apiKey: "sk-test",
    baseUrl: mock.baseUrl,
    cacheDir: join(dir.path, "cache"),
  });
  await Deno.writeTextFile(
    file,
    `import { RolloutsClient } from "${ROOT}mod.ts";
const client = new RolloutsClient(${options});
await client.generate("Hi");
await client.generate("Hi", ${call});
console.log("the end");`,
  );
  return file;
}

const onTerminal = { ignore: Deno.build.os !== "linux" };

Deno.test(
  "the progress bar shows counts, rate, time left, and cost, and is removed at the end",
  onTerminal,
  async () => {
    const text = await drawn("{ nSamples: 6 }");
    assertMatch(
      text,
      /█+░* [2-5]\/6 \| 1 cached, [01] failed \| \d+ of 64 in flight \| \d+\.\d\/s \| \d+ s left \| \$\d\.\d{4}/,
    );
    // The line is cleared before anything else is written.
    const end = text.replaceAll("\x1b", "ESC");
    assertMatch(end, /ESC\[2K(?:ESC\[\S*)*the end/);
  },
);

Deno.test(
  "the progress bar fits the terminal and changes none of its modes, even after Ctrl-C",
  onTerminal,
  async () => {
    for (const columns of [60, 80]) await interruptAt(columns);
  },
);

/** Draws a bar that stays at 3 of 6 samples, and presses Ctrl-C. */
async function interruptAt(columns: number): Promise<void> {
  await using mock = await MockOpenRouter.start({
    latencyMs: ({ seed }) => seed! < 3 ? 0 : 60_000,
  });
  await using dir = new TempDir();
  const file = await writeScript(dir, mock, "{ nSamples: 6 }");
  const program = new TerminalProgram(
    scriptCommand(file, USUAL_PERMISSIONS),
    { columns, env: {} },
  );
  await until(() => program.text.includes(" 3/6 | "));
  const [line] = program.lines;
  assertMatch(line!, /^█+░+ 3\/6 \| .*\d+ s left \| \$0\.\d{4,}$/);
  await program.pressCtrlC();
  assertEquals(await program.ended(), 130);
  const text = program.text.replaceAll("\x1b", "ESC");
  assert(!/ESC(?:\[\?|[78])/.test(text), text);
  // deno-lint-ignore no-control-regex
  const lines = program.text.split(/\r|\n|\x1b\[\d*[A-Z]/);
  const widest = Math.max(...lines.map((line) => line.length));
  assert(widest > columns - 15 && widest < columns, `${widest}`);
}

Deno.test(
  "the progress bar is not drawn for one sample, if it is off, or if all is cached",
  onTerminal,
  async () => {
    for (
      const call of ["{ seed: 1 }", "{ nSamples: 2, progressBar: false }", "{}"]
    ) {
      const text = await drawn(call);
      assertEquals(text.trim(), "the end", call);
    }
  },
);

Deno.test(
  "the progress bar does not keep a program alive after its call is rejected",
  onTerminal,
  async () => {
    const text = await drawn("{ nSamples: 5, cacheOnly: true }");
    assertEquals(text.trim(), "the end");
  },
);

Deno.test("the progress bar is not drawn when stderr is not a terminal", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const file = await writeScript(dir, mock, "{ nSamples: 4 }");
  const { stdout, stderr } = await finished(startScript(file, {
    permissions: USUAL_PERMISSIONS,
  }));
  assertEquals([stdout, stderr], ["the end\n", ""]);
  assert(mock.answered === 4);
});
