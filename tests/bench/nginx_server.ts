import { join } from "@std/path/join";
import { freePort } from "../support/free_port.ts";
import { isListening } from "../support/is_listening.ts";
import { until } from "../support/until.ts";
import { ANSWER_BYTES, type AnswerSize } from "./answer_size.ts";
import type { AnswerServer, Transport } from "./answer_server.ts";
import type { Certificate } from "./certificate.ts";
import { recordedAnswer } from "./recorded_answer.ts";

/** Where Debian installs nginx, which is not in the PATH of users. */
const PROGRAMS = ["nginx", "/usr/sbin/nginx"];

const START_MS = 5000;

interface Ports {
  readonly http1: number;
  readonly tls: number;
}

/** An nginx server of recorded answers, in one process. */
export class NginxServer implements AnswerServer {
  readonly #process: Deno.ChildProcess;
  readonly #ports: Ports;
  readonly #logFile: string;
  #logged = 0;
  readonly name: string;
  readonly transports: readonly Transport[];
  readonly certFile: string | null;

  private constructor(
    process: Deno.ChildProcess,
    name: string,
    { ports, logFile, certFile }: {
      readonly ports: Ports;
      readonly logFile: string;
      readonly certFile: string | null;
    },
  ) {
    this.#process = process;
    this.#ports = ports;
    this.#logFile = logFile;
    this.name = name;
    this.certFile = certFile;
    this.transports = certFile === null ? ["http1"] : ["http1", "tls-h2"];
  }

  /**
   * Starts nginx in a new directory. The promise resolves when it listens, or to null if nginx is
   * not installed.
   *
   * @throws {Error} If it does not start.
   */
  static async start(
    dir: string,
    certificate: Certificate | null,
  ): Promise<NginxServer | null> {
    const found = await findNginx();
    if (found === null) return null;
    await writeAnswers(join(dir, "answers"));
    const ports = { http1: await freePort(), tls: await freePort() };
    const logFile = join(dir, "connections.log");
    const configFile = join(dir, "nginx.conf");
    const config = configText(dir, logFile, { ports, certificate });
    await Deno.writeTextFile(configFile, config);
    const process = new Deno.Command(found.program, {
      args: ["-p", dir, "-c", configFile, "-e", "stderr"],
      stdin: "null",
      stdout: "null",
      stderr: "inherit",
    }).spawn();
    const certFile = certificate?.certFile ?? null;
    const parts = { ports, logFile, certFile };
    const server = new NginxServer(process, found.name, parts);
    try {
      await until(() => isListening(ports.http1), START_MS);
      return server;
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw error;
    }
  }

  baseUrl(transport: Transport, size: AnswerSize): string {
    const origin = transport === "http1"
      ? `http://127.0.0.1:${this.#ports.http1}`
      : `https://127.0.0.1:${this.#ports.tls}`;
    return `${origin}/${size}/api/v1`;
  }

  takeProtocols(): readonly string[] {
    const lines = Deno.readTextFileSync(this.#logFile).split("\n").slice(0, -1);
    const fresh = lines.slice(this.#logged);
    this.#logged = lines.length;
    return fresh;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#process.kill("SIGTERM");
    } catch {
      // Ignore a process that has already exited: Ctrl-C reaches it, too.
    }
    await this.#process.status;
  }
}

/** Returns the program, and its name with the version. */
async function findNginx(): Promise<
  { readonly program: string; readonly name: string } | null
> {
  for (const program of PROGRAMS) {
    try {
      const output = await new Deno.Command(program, { args: ["-v"] }).output();
      const text = new TextDecoder().decode(output.stderr);
      return { program, name: /nginx\/[\d.]+/.exec(text)?.[0] ?? "nginx" };
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return null;
}

async function writeAnswers(root: string): Promise<void> {
  for (const [size, bytes] of Object.entries(ANSWER_BYTES)) {
    const dir = join(root, size, "api", "v1", "chat");
    await Deno.mkdir(dir, { recursive: true });
    await Deno.writeTextFile(join(dir, "completions"), recordedAnswer(bytes));
  }
}

function configText(
  dir: string,
  logFile: string,
  { ports, certificate }: {
    readonly ports: Ports;
    readonly certificate: Certificate | null;
  },
): string {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `  ${name}_temp_path ${join(dir, `${name}_temp`)};`);
  const tls = certificate === null ? [] : [
    `    listen 127.0.0.1:${ports.tls} ssl http2 backlog=4096;`,
    `    ssl_certificate ${certificate.certFile};`,
    `    ssl_certificate_key ${certificate.keyFile};`,
  ];
  return `daemon off;
master_process off;
pid ${join(dir, "nginx.pid")};
events {
  worker_connections 8192;
}
http {
${temporary.join("\n")}
  default_type application/json;
  sendfile on;
  tcp_nopush on;
  open_file_cache max=16;
  keepalive_requests 1000000000;
  keepalive_timeout 600s;
  # As many as are in flight: the default of 128 would hold back who has one connection.
  http2_max_concurrent_streams 1024;
  # One line a connection tells its protocol and costs nothing.
  map $connection_requests $is_first {
    default 0;
    1 1;
  }
  log_format protocol $server_protocol;
  access_log ${logFile} protocol if=$is_first;
  server {
    listen 127.0.0.1:${ports.http1} backlog=4096;
${tls.join("\n")}
    root ${join(dir, "answers")};
    # A file is not to be had by POST.
    error_page 405 =200 $uri;
  }
}
`;
}
