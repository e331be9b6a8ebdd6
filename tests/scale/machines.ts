import { fromFileUrl } from "@std/path/from-file-url";

/** Runs programs as if on separate machines. */
export interface Machines extends AsyncDisposable {
  /** A short description of the machines. */
  readonly kind: "network namespaces" | "processes";
  /** The address at which all machines reach this one. */
  readonly host: string;
  /** Starts Deno on the machine with this number. */
  start(
    machine: number,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
  ): Deno.ChildProcess;
}

const BRIDGE = "rollouts0";
const HOST = "10.213.0.1";

/**
 * Creates machines, each in its own network namespace if the system allows it, else as local
 * processes.
 */
export async function makeMachines(count: number): Promise<Machines> {
  const names = Array.from({ length: count }, (_, i) => `rollouts-${i}`);
  const remove = async () => {
    for (const name of names) await ip("netns", "del", name);
    await ip("link", "del", BRIDGE);
  };
  const isMade = await ip("link", "add", BRIDGE, "type", "bridge") &&
    await ip("addr", "add", `${HOST}/24`, "dev", BRIDGE) &&
    await ip("link", "set", BRIDGE, "up") &&
    await allMade(names);
  if (!isMade) {
    await remove();
    return {
      kind: "processes",
      host: "127.0.0.1",
      start: (_, args, env) => spawn([Deno.execPath(), ...args], env),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  }
  return {
    kind: "network namespaces",
    host: HOST,
    start: (machine, args, env) =>
      spawn(
        ["ip", "netns", "exec", names[machine]!, Deno.execPath(), ...args],
        env,
      ),
    [Symbol.asyncDispose]: remove,
  };
}

async function allMade(names: readonly string[]): Promise<boolean> {
  for (const [i, name] of names.entries()) {
    const [outer, inner] = [`rollouts-o${i}`, `rollouts-i${i}`];
    const within = ["-n", name];
    const isMade = await ip("netns", "add", name) &&
      await ip("link", "add", outer, "type", "veth", "peer", "name", inner) &&
      await ip("link", "set", inner, "netns", name) &&
      await ip("link", "set", outer, "master", BRIDGE, "up") &&
      await ip(
        ...within,
        "addr",
        "add",
        `10.213.0.${i + 2}/24`,
        "dev",
        inner,
      ) &&
      await ip(...within, "link", "set", inner, "up") &&
      await ip(...within, "link", "set", "lo", "up");
    if (!isMade) return false;
  }
  return true;
}

async function ip(...args: readonly string[]): Promise<boolean> {
  try {
    const command = new Deno.Command("ip", {
      args: [...args],
      stdout: "null",
      stderr: "null",
    });
    return (await command.output()).success;
  } catch {
    return false;
  }
}

function spawn(
  [program, ...args]: readonly string[],
  env: Readonly<Record<string, string>>,
): Deno.ChildProcess {
  return new Deno.Command(program!, {
    args,
    cwd: fromFileUrl(new URL("../../", import.meta.url)),
    env: { NO_COLOR: "1", ...env },
    stdin: "null",
    stdout: "null",
    stderr: "inherit",
  }).spawn();
}
