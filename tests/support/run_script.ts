import { CHECKOUT_FLAGS, ROOT, scriptCommand } from "./script_command.ts";

export { CHECKOUT_FLAGS, ROOT, scriptCommand };

/** What a program needs that samples from a mock and keeps what it gets. */
export const USUAL_PERMISSIONS: readonly string[] = [
  "--allow-net=127.0.0.1",
  "--allow-read",
  "--allow-write",
  "--allow-env",
];

/** How a program is run. */
export interface RunOptions {
  /** Permission flags. */
  readonly permissions: readonly string[];
  /** Its environment, beside what Deno itself needs. */
  readonly env?: Readonly<Record<string, string>>;
  /** Its working directory. */
  readonly cwd?: string;
}

/** Starts a file of TypeScript as a program of its own, with the checkout's imports. */
export function startScript(
  file: string,
  { permissions, env, cwd }: RunOptions,
  args: readonly string[] = [],
): Deno.ChildProcess {
  const [program, ...before] = scriptCommand(file, permissions);
  return startProgram(program, [...before, ...args], env, cwd);
}

/** Starts Deno with arguments. Its environment holds what Deno needs, and what is given. */
export function startDeno(
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
  cwd?: string,
): Deno.ChildProcess {
  return startProgram(Deno.execPath(), args, env, cwd);
}

/** Starts any program, with the same environment. */
export function startProgram(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd = ROOT,
): Deno.ChildProcess {
  return new Deno.Command(program, {
    args: [...args],
    cwd,
    clearEnv: true,
    env: { ...inherited(), NO_COLOR: "1", ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** The texts and the exit code of a program that has ended. */
export async function finished(
  child: Deno.ChildProcess,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const { code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return {
    code,
    stdout: decoder.decode(stdout),
    stderr: decoder.decode(stderr),
  };
}

/** What Deno itself goes by: where its cache is, and how packages are reached. */
const INHERITED = [
  "PATH",
  "HOME",
  "DENO_DIR",
  "XDG_CACHE_HOME",
  "DENO_CERT",
  "DENO_TLS_CA_STORE",
  "HTTPS_PROXY",
  "HTTP_PROXY",
  "NODE_EXTRA_CA_CERTS",
  "NO_PROXY",
  "NPM_CONFIG_REGISTRY",
  "SSL_CERT_DIR",
  "SSL_CERT_FILE",
];

function inherited(): Record<string, string> {
  return Object.fromEntries(
    INHERITED.flatMap((name) => {
      const value = Deno.env.get(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
