import { fromFileUrl } from "@std/path/from-file-url";
import type { AnswerSize } from "./answer_size.ts";
import type { AnswerServer, Transport } from "./answer_server.ts";
import type { Certificate } from "./certificate.ts";

/** The task of the server process. */
export interface ServeTask {
  /** The latency of each answer, in milliseconds. */
  readonly latencyMs: number;
  /** The certificate, or null for no TLS. */
  readonly certificate: Certificate | null;
}

/** The ports of the server. */
export interface ServePorts {
  /** The port for HTTP/1.1. */
  readonly http1: number;
  /** The port for TLS, or null if there is no certificate. */
  readonly tls: number | null;
}

/** A Deno server of recorded answers, in a separate process. */
export class DenoServer implements AnswerServer {
  readonly #process: Deno.ChildProcess;
  readonly #ports: ServePorts;
  readonly name = `Deno ${Deno.version.deno}`;
  readonly transports: readonly Transport[];
  readonly certFile: string | null;

  private constructor(
    process: Deno.ChildProcess,
    ports: ServePorts,
    certFile: string | null,
  ) {
    this.#process = process;
    this.#ports = ports;
    this.certFile = certFile;
    this.transports = ports.tls === null ? ["http1"] : ["http1", "tls-h2"];
  }

  /** Starts the server. It listens when the promise resolves. */
  static async start(
    { latencyMs = 0, certificate = null }: Partial<ServeTask> = {},
  ): Promise<DenoServer> {
    const task: ServeTask = { latencyMs, certificate };
    const script = fromFileUrl(new URL("./serve_answers.ts", import.meta.url));
    const permissions = ["--allow-net=127.0.0.1", "--allow-read"];
    const process = new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", ...permissions, script, JSON.stringify(task)],
      stdin: "null",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    const ports = JSON.parse(await firstLine(process.stdout));
    return new DenoServer(process, ports, certificate?.certFile ?? null);
  }

  baseUrl(transport: Transport, size: AnswerSize): string {
    const origin = transport === "http1"
      ? `http://127.0.0.1:${this.#ports.http1}`
      : `https://127.0.0.1:${this.#ports.tls}`;
    return `${origin}/${size}/api/v1`;
  }

  takeProtocols(): null {
    return null;
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

async function firstLine(stream: ReadableStream<Uint8Array>): Promise<string> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of stream) {
    text += decoder.decode(chunk, { stream: true });
    if (text.includes("\n")) break;
  }
  return text.split("\n")[0] ?? "";
}
