import { join } from "@std/path/join";
import { TempDir } from "../support/temp_dir.ts";
import type { AnswerServer } from "./answer_server.ts";
import { Bench } from "./bench.ts";
import { CASES } from "./cases/cases.ts";
import { makeCertificate } from "./certificate.ts";
import { DenoServer } from "./deno_server.ts";
import { type Environment, readEnvironment } from "./environment.ts";
import { FilledCaches } from "./filled_caches.ts";
import { NginxServer } from "./nginx_server.ts";
import { nodePackages } from "./node_packages.ts";
import type { Options } from "./read_options.ts";
import type { Row } from "./row.ts";

/** The results of a run. */
export interface BenchResult {
  /** The machine and the versions. */
  readonly environment: Environment;
  /** The server that all contestants used. */
  readonly server: string;
  /** The measured values. */
  readonly rows: readonly Row[];
}

/**
 * Runs the cases. Servers, processes, and files are removed when it ends, even if it fails.
 *
 * @throws The signal's reason if it is aborted.
 */
export async function runBench(
  { letters, rounds, isQuick }: Options,
  signal: AbortSignal,
): Promise<BenchResult> {
  await using temp = new TempDir();
  const workDir = temp.path;
  const environment = await readEnvironment(workDir);
  const nodeDir = join(workDir, "node");
  const hasNode = environment.node !== null &&
    await nodePackages(nodeDir, signal);
  await using server = await startServer(join(workDir, "server"));
  const bench = new Bench({
    server,
    nodeDir: hasNode ? nodeDir : null,
    hasPythonPackage: environment.pythonPackage !== null,
    workDir,
    rounds,
    isQuick,
    signal,
  });
  bench.tell(`server: ${server.name}, ${server.transports.join(" and ")}`);
  const caches = new FilledCaches(bench);
  const runs = new Set(letters.map((letter) => CASES[letter].run));
  const rows: Row[] = [];
  for (const run of runs) rows.push(...await run(bench, caches));
  return {
    environment,
    server: server.name,
    rows: rows.filter(({ letter }) => letters.includes(letter)),
  };
}

async function startServer(dir: string): Promise<AnswerServer> {
  await Deno.mkdir(dir);
  const certificate = await makeCertificate(dir);
  const nginx = await NginxServer.start(dir, certificate);
  if (nginx !== null) return nginx;
  console.error("nginx is not there: Deno serves, and may be the bottleneck");
  return await DenoServer.start({ certificate });
}
