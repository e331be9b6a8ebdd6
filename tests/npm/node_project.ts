import { fromFileUrl } from "@std/path/from-file-url";
import { join } from "@std/path/join";

const root = fromFileUrl(new URL("../../", import.meta.url));

/** The output and exit code of a program. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A Node project in a temporary directory with the package installed by npm. */
export class NodeProject implements AsyncDisposable {
  /** The directory. */
  readonly path: string;
  /** The size of the package's tarball. */
  readonly tarballBytes: number;

  private constructor(path: string, tarballBytes: number) {
    this.path = path;
    this.tarballBytes = tarballBytes;
  }

  /** Creates the project and installs other packages too, given as versions by name. */
  static async create(
    packages: Readonly<Record<string, string>>,
  ): Promise<NodeProject> {
    const path = await Deno.makeTempDir({ prefix: "rollouts-npm-" });
    const packed = await runProgram("npm", {
      args: ["pack", "--silent", "--pack-destination", path],
      cwd: join(root, "npm"),
    });
    const tarball = packed.stdout.trim();
    const manifest = {
      private: true,
      type: "module",
      dependencies: { "@rollouts/client": `file:${tarball}`, ...packages },
    };
    await Deno.writeTextFile(
      join(path, "package.json"),
      JSON.stringify(manifest),
    );
    const project = new NodeProject(
      path,
      (await Deno.stat(join(path, tarball))).size,
    );
    const flags = ["--silent", "--no-audit", "--no-fund", "--legacy-peer-deps"];
    await project.run("npm", ["install", ...flags]);
    return project;
  }

  /** Writes a file to the project. */
  write(name: string, text: string): Promise<void> {
    return Deno.writeTextFile(join(this.path, name), text);
  }

  /**
   * Runs a program in the project.
   *
   * @throws {Error} If it fails.
   */
  async run(
    program: string,
    args: string[],
    env: Record<string, string> = {},
  ): Promise<Ended> {
    return await runProgram(program, { args, env, cwd: this.path });
  }

  /** Returns the path of an installed program. */
  bin(name: string): string {
    return join(this.path, "node_modules/.bin", name);
  }

  /** Removes the directory. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.path, { recursive: true });
  }
}

async function runProgram(
  program: string,
  options: Deno.CommandOptions,
): Promise<Ended> {
  const { code, stdout, stderr } = await new Deno.Command(program, options)
    .output();
  const decoder = new TextDecoder();
  const ended = {
    code,
    stdout: decoder.decode(stdout),
    stderr: decoder.decode(stderr),
  };
  if (code === 0) return ended;
  const words = [program, ...options.args ?? []].join(" ");
  throw new Error(`${words}: ${code}\n${ended.stdout}\n${ended.stderr}`);
}
