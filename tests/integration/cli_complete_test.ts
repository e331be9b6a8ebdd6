import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path/join";
import { finished, scriptCommand, startScript } from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";

async function rollouts(...args: string[]) {
  return await finished(
    startScript("src/cli/main.ts", { permissions: ["--allow-env"] }, args),
  );
}

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
  const { stdout } = await rollouts("complete", "--", ...words);
  return stdout.trim().split("\n").map((line) => line.split("\t")[0]!);
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

Deno.test("rollouts complete supports four shells", async () => {
  for (const shell of ["bash", "zsh", "fish", "powershell"]) {
    const { code, stdout } = await rollouts("complete", shell);
    assertEquals(code, 0);
    assertStringIncludes(stdout, "rollouts");
  }
  const { code, stderr } = await rollouts("complete", "tcsh");
  assertEquals(code, 2);
  assertStringIncludes(stderr, "bash, zsh, fish, powershell");
});

/** Programs that make each shell complete `rollouts generate --max-t`. */
const SHELLS: Readonly<Record<string, (script: string) => string>> = {
  bash: (script) =>
    `# What the package bash-completion has, for words without = and :
_get_comp_words_by_ref() { cur="\${COMP_WORDS[COMP_CWORD]}"; words=("\${COMP_WORDS[@]}"); cword=$COMP_CWORD; }
compopt() { :; }
source ${script}
COMP_WORDS=(rollouts generate --max-t); COMP_CWORD=2; COMP_LINE="rollouts generate --max-t"; COMP_POINT=\${#COMP_LINE}
cur=--max-t; \$(complete -p rollouts | sed 's/.*-F \\([^ ]*\\).*/\\1/')
printf '%s\\n' "\${COMPREPLY[@]}"`,
  fish: (script) =>
    `source ${script}; complete --do-complete "rollouts generate --max-t"`,
};

for (const [shell, code] of Object.entries(SHELLS)) {
  Deno.test({
    name: `${shell} completes a flag with the script of rollouts complete`,
    ignore: !has(shell),
    fn: async () => {
      await using dir = new TempDir();
      const script = join(dir.path, "completion");
      const { stdout } = await rollouts("complete", shell);
      await Deno.writeTextFile(script, stdout);
      const program = join(dir.path, "rollouts");
      const command = scriptCommand("src/cli/main.ts", ["--allow-env"]);
      await Deno.writeTextFile(
        program,
        `#!/bin/sh\nexec ${command.join(" ")} "$@"\n`,
        { mode: 0o755 },
      );
      const child = new Deno.Command(shell, {
        args: ["-c", code(script)],
        env: {
          PATH: `${dir.path}:${Deno.env.get("PATH")}`,
          HOME: Deno.env.get("HOME") ?? dir.path,
        },
      });
      const { stdout: shown, stderr } = await child.output();
      const decoder = new TextDecoder();
      assertStringIncludes(
        decoder.decode(shown),
        "--max-tokens",
        decoder.decode(stderr),
      );
    },
  });
}
