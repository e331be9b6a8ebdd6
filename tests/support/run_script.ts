import { CHECKOUT_FLAGS, ROOT, scriptCommand } from "./script_command.ts";

export { CHECKOUT_FLAGS, ROOT, scriptCommand };

/** The permissions of a program that samples from a mock and caches the samples. */
export const USUAL_PERMISSIONS: readonly string[] = [
  "--allow-net=127.0.0.1",
  "--allow-read",
  "--allow-write",
  "--allow-env",
];

/** How to run a program. */
export interface RunOptions {
  /** Permission flags. */
  readonly permissions: readonly string[];
  /** The environment, in addition to what Deno needs. */
  readonly env?: Readonly<Record<string, string>>;
  /** Its working directory. */
  readonly cwd?: string;
}

/** Starts a TypeScript file as a process, with the checkout's imports. */
export function startScript(
  file: string,
  { permissions, env, cwd }: RunOptions,
  args: readonly string[] = [],
): Deno.ChildProcess {
  const [program, ...before] = scriptCommand(file, permissions);
  return startProgram(program, [...before, ...args], env, cwd);
}

/**
 * Starts Deno with arguments, in an environment of only the given variables and those that Deno
 * needs.
 */
export function startDeno(
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
  cwd?: string,
): Deno.ChildProcess {
  return startProgram(Deno.execPath(), args, env, cwd);
}

/** Starts any program in the same environment. */
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

/** Waits until a program exits, and returns its output and exit code. */
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

/** The environment of Deno: the path of its cache, and how to reach registries. */
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
