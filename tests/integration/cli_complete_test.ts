import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { join } from "@std/path/join";
import { runCli } from "../support/run_cli.ts";
import { scriptCommand } from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";

/** Whether a program is installed. */
function has(program: string): boolean {
  try {
    return new Deno.Command(program, { args: ["--version"] }).outputSync()
      .success;
  } catch {
    return false;
  }
}

async function completions(...words: string[]): Promise<string[]> {
  const { stdout } = await runCli(["complete", "--", ...words]);
  return stdout.split("\n").filter((line) => line !== "")
    .map((line) => line.split("\t")[0]!);
}

Deno.test("rollouts complete offers commands, and the flags of the typed command", async () => {
  const commands = await completions("");
  for (const name of ["generate", "run", "cache", "mock"]) {
    assert(commands.includes(name), `${commands}`);
  }
  assert((await completions("generate", "--max-t")).includes("--max-tokens"));
  assert((await completions("run", "--out")).includes("--output"));
  assert((await completions("cache", "export", "--f")).includes("--format"));
  assert(!(await completions("cache", "ls", "--m")).includes("--max-tokens"));
});

Deno.test("rollouts complete offers the values of a flag, and nothing where a file can be", async () => {
  const formats = ["jsonl", "csv", "parquet"];
  const command = ["cache", "export"];
  for (
    const words of [["--format", ""], ["--format", "="], ["--format", "=", ""]]
  ) {
    const offered = await completions(...command, ...words);
    assert(formats.every((one) => offered.includes(one)), `${offered}`);
  }
  assertEquals(await completions(...command, "--format=c"), ["--format=csv"]);
  for (
    const words of [
      ["run", "promp"],
      ["run", ""],
      ["run", "prompts.jsonl", "-o", "sam"],
      ["run", "--cache-dir", "l"],
      ["generate", "--", "--max-t"],
    ]
  ) assertEquals(await completions(...words), [], `${words}`);
});

Deno.test("rollouts complete supports three shells", async () => {
  for (const shell of ["bash", "zsh", "fish"]) {
    const { code, stdout } = await runCli(["complete", shell]);
    assertEquals(code, 0);
    assertStringIncludes(stdout, "_rollouts");
  }
  const { code, stderr } = await runCli(["complete", "tcsh"]);
  assertEquals(code, 2);
  assertStringIncludes(stderr, "bash, zsh, fish");
});

/** How to start each shell with a completion script, in a terminal, and what to type first. */
const SHELLS: Readonly<
  Record<string, (script: string) => readonly [string, string]>
> = {
  bash: (script) => [`bash --noprofile --rcfile ${script} -i`, ""],
  // By default, Tab expands the word before it completes: zsh itself would execute $(…).
  zsh: (script) => [
    "zsh -f -i",
    `bindkey -e; bindkey '^I' complete-word; stty cols 500; autoload -U compinit; compinit -D; source ${script}\n`,
  ],
  fish: (script) => [`fish --no-config -C 'source ${script}' -i`, ""],
};

/** What is typed before Tab, and what the line becomes. */
const LINES: readonly (readonly [string, string])[] = [
  ["rollouts generate $(touch pwned) hi > precious.txt --fi", "--field"],
  ["rollouts generate --x=$(touch pwned)=", ""],
  ["rollouts run promp", "prompts.jsonl"],
  ["rollouts run prompts.jsonl --cache-dir l", "lab/"],
];

for (const [shell, start] of Object.entries(SHELLS)) {
  Deno.test({
    name:
      `${shell} completes flags and files, and executes nothing that is typed`,
    ignore: Deno.build.os !== "linux" || !has(shell) || !has("script"),
    fn: async () => {
      await using dir = new TempDir();
      const path = (name: string) => join(dir.path, name);
      const { stdout } = await runCli(["complete", shell]);
      await Deno.writeTextFile(path("completion"), stdout);
      const command = scriptCommand("src/cli/main.ts", ["--allow-env"]);
      await Deno.writeTextFile(
        path("rollouts"),
        `#!/bin/sh\nexec ${command.join(" ")} "$@"\n`,
        { mode: 0o755 },
      );
      await Deno.writeTextFile(path("precious.txt"), "precious");
      await Deno.writeTextFile(path("prompts.jsonl"), "");
      await Deno.mkdir(path("lab"));
      const [program, first] = start(path("completion"));
      // Ctrl-A and Ctrl-K remove the line.
      const keys = LINES.map(([line]) => `${line}\t\x01\x0b`).join("");
      await Deno.writeTextFile(path("keys"), `${first}${keys}exit\n`);
      const { stdout: shown } = await new Deno.Command("sh", {
        args: ["-c", 'script -qec "$0" /dev/null < keys', program],
        cwd: dir.path,
        env: {
          PATH: `${dir.path}:${Deno.env.get("PATH")}`,
          HOME: Deno.env.get("HOME") ?? dir.path,
          TERM: "dumb",
        },
      }).output();
      const text = new TextDecoder().decode(shown);
      for (const [line, completed] of LINES) {
        assertStringIncludes(text, completed, `${line}: ${text}`);
      }
      assertEquals(await Deno.readTextFile(path("precious.txt")), "precious");
      await assertRejects(() => Deno.stat(path("pwned")), Deno.errors.NotFound);
    },
  });
}
