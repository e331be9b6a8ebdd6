/**
 * Draws the progress bar as a terminal shows it: the command `rollouts generate` runs against a
 * mock, on a pseudo-terminal of `script`, and the first moment with enough finished samples is saved
 * as `docs/images/progress_bar.svg`, or the file that an argument names.
 *
 * @module
 */

import { fromFileUrl } from "@std/path/from-file-url";
import { join } from "@std/path/join";
import xterm from "npm:@xterm/headless@6.0.0";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { terminalSvg } from "./terminal_svg.ts";

const COLUMNS = 108;
const SAMPLES = 400;
const CACHED = 80;
/** The number of finished samples in the picture. */
const SHOWN = 240;

const root = fromFileUrl(new URL("../../", import.meta.url));
const target = Deno.args[0] ?? join(root, "docs/images/progress_bar.svg");
const arguments_ = ["generate", "What is 5*10?", "-m", "qwen/qwen3-30b-a3b"];

await using mock = await MockOpenRouter.start({
  latencyMs: ({ seed }) => (seed ?? 0) < CACHED ? 0 : 400 + 7 * (seed! % 90),
  faults: ({ seed }) =>
    seed! > CACHED && seed! % 67 === 0 ? { type: "status", status: 400 } : null,
});
const dir = await Deno.makeTempDir({ prefix: "rollouts-picture-" });
try {
  await rollouts("-n", `${CACHED}`).output();
  const lines = await screenOf(rollouts("-n", `${SAMPLES}`).spawn());
  const typed = `$ rollouts ${
    arguments_.map((word) => /^[\w/-]+$/.test(word) ? word : `"${word}"`)
      .join(" ")
  } -n ${SAMPLES}`;
  await Deno.writeTextFile(target, terminalSvg([typed, ...lines], COLUMNS));
} finally {
  await Deno.remove(dir, { recursive: true });
}

/** The command, on its own terminal. */
function rollouts(...options: string[]): Deno.Command {
  const main = join(root, "src/cli/main.ts");
  const words = [Deno.execPath(), "run", "--quiet", "--allow-all"]
    .concat(`--config=${join(root, "deno.json")}`, main, arguments_, options)
    .concat("--cache-dir", dir);
  const command = words.map((word) => `'${word}'`).join(" ");
  return new Deno.Command("script", {
    args: ["-qec", `stty cols ${COLUMNS} rows 24; ${command}`, "/dev/null"],
    env: {
      OPENROUTER_API_KEY: "sk-test",
      OPENROUTER_BASE_URL: mock.baseUrl,
      TERM: "xterm",
    },
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  });
}

/** The terminal's text when enough samples are done. */
async function screenOf(child: Deno.ChildProcess): Promise<string[]> {
  const terminal = new xterm.Terminal({
    cols: COLUMNS,
    rows: 24,
    allowProposedApi: true,
  });
  let shown: string[] | undefined;
  for await (const bytes of child.stdout) {
    await new Promise<void>((resolve) => terminal.write(bytes, resolve));
    const lines = Array.from(
      { length: terminal.rows },
      (_, y) => terminal.buffer.active.getLine(y)!.translateToString(true),
    ).filter((line) => line !== "");
    const [, done] = /(\d+)\/\d+ \|.*left/.exec(lines.join("\n")) ?? [];
    if (Number(done) >= SHOWN) shown ??= lines;
  }
  terminal.dispose();
  await child.status;
  if (shown === undefined) throw new Error("the bar was never drawn so far");
  return shown;
}
