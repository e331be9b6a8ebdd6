import { cpus } from "node:os";
import { PACKAGE_VERSIONS } from "./package_versions.ts";

/** The machine and the versions of a run, without anything that identifies a machine or a user. */
export interface Environment {
  /** The date, in UTC. */
  readonly date: string;
  /** The processor. */
  readonly cpu: string;
  /** The number of cores. */
  readonly cores: number;
  /** The operating system and the architecture. */
  readonly system: string;
  /** The file system of the temporary files, or null if the system does not report it. */
  readonly fileSystem: string | null;
  /** Deno's version. */
  readonly deno: string;
  /** The version of Node, or null if it is not installed. */
  readonly node: string | null;
  /** The version of the Python package, or null if it is not installed. */
  readonly pythonPackage: string | null;
  /** The versions of the npm packages. */
  readonly packages: Readonly<Record<string, string>>;
}

const PYTHON =
  "import rollouts, importlib.metadata as m; print(m.version('rollouts'))";

/** Reads the machine's properties and the installed versions. */
export async function readEnvironment(workDir: string): Promise<Environment> {
  const { os, arch } = Deno.build;
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: cpus()[0]?.model ?? "unknown",
    cores: navigator.hardwareConcurrency,
    system: `${os} ${arch}`,
    fileSystem: await outputOf("stat", ["-f", "-c", "%T", workDir]),
    deno: Deno.version.deno,
    node: (await outputOf("node", ["--version"]))?.replace("v", "") ?? null,
    pythonPackage: await outputOf("python3", ["-c", PYTHON]),
    packages: PACKAGE_VERSIONS,
  };
}

async function outputOf(
  program: string,
  args: readonly string[],
): Promise<string | null> {
  try {
    const command = new Deno.Command(program, { args: [...args] });
    const { success, stdout } = await command.output();
    return success ? new TextDecoder().decode(stdout).trim() : null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
