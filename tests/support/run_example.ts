import { join } from "@std/path/join";
import type { MockOpenRouter } from "../../src/testing/mod.ts";
import {
  finished,
  ROOT,
  startScript,
  USUAL_PERMISSIONS,
} from "./run_script.ts";
import type { TempDir } from "./temp_dir.ts";

/** Runs an example in a new directory until it exits. */
export function runExample(name: string, mock: MockOpenRouter, dir: TempDir) {
  return finished(startExample(name, mock, dir));
}

/** Starts an example in a new directory. */
export function startExample(
  name: string,
  mock: MockOpenRouter,
  { path: cwd }: TempDir,
) {
  return startScript(join(ROOT, "examples", name), {
    permissions: USUAL_PERMISSIONS,
    env: {
      OPENROUTER_API_KEY: "sk-test",
      TEAM_API_KEY: "sk-team",
      OPENROUTER_BASE_URL: mock.baseUrl,
    },
    cwd,
  });
}
