import { transformSync } from "esbuild";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  finished,
  ROOT,
  type RunOptions,
  USUAL_PERMISSIONS,
} from "../../support/run_script.ts";

export { finished, ROOT, type RunOptions, USUAL_PERMISSIONS };

/** The package, as npm has installed it. */
const PACKAGE = new URL("../node_modules/@rollouts/client/", import.meta.url);

/** What stands for a file of the checkout in a script. */
const ENTRIES = [
  ["mod.ts", "esm/mod.js"],
  ["src/testing/mod.ts", "esm/testing.js"],
  ["src/resampling/mod.ts", "esm/resampling.js"],
] as const;

/** Starts a script, or the command `rollouts`, with the installed package; permissions are Deno's alone. */
export function startScript(
  file: string,
  { env, cwd }: RunOptions,
  args: readonly string[] = [],
): Deno.ChildProcess {
  const program = file.endsWith("src/cli/main.ts")
    ? fileURLToPath(new URL("esm/bin.js", PACKAGE))
    : translated(file);
  return new Deno.Command(Deno.execPath(), {
    args: [program, ...args],
    cwd: cwd ?? ROOT,
    clearEnv: true,
    env: { PATH: Deno.env.get("PATH") ?? "", NO_COLOR: "1", ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** A script that does what a script for Deno does. */
function translated(file: string): string {
  const { code } = transformSync(readFileSync(file, "utf8"), {
    loader: "ts",
    format: "esm",
    target: "node20.9",
  });
  const program = file.replace(/\.ts$/, ".mjs");
  const script = ENTRIES.reduce(
    (text, [source, built]) =>
      text.replaceAll(`"${ROOT}${source}"`, `"${new URL(built, PACKAGE)}"`),
    code,
  );
  writeFileSync(program, script);
  return program;
}
