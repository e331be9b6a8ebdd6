import { type JsrVersion, versionFromTar, versionMeta } from "./jsr_version.ts";

/** The token that this registry accepts for publishing. */
export const JSR_TOKEN = "jsr-test-token";

/** A path of the registry's API: scope, package, and possibly version. */
const API =
  /^\/api\/scopes\/([^/]+)\/packages\/([^/]+)(?:\/versions\/([^/]+))?$/;

/** A path that consumers read: the package and a file of it. */
const PACKAGE = /^\/(@[^/]+\/[^/]+)\/(.+)$/;

/**
 * A JSR registry on a free port of 127.0.0.1. `deno publish` publishes to it, and programs import
 * from it, if `JSR_URL` is its address. It keeps only the last version of each package.
 */
export class JsrRegistry implements AsyncDisposable {
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #versions = new Map<string, JsrVersion>();

  private constructor() {
    this.#server = Deno.serve(
      { port: 0, hostname: "127.0.0.1", onListen: () => {} },
      (request) => this.#answer(request),
    );
  }

  /** Starts an empty registry. */
  static start(): JsrRegistry {
    return new JsrRegistry();
  }

  /** Its address, for `JSR_URL`. */
  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}/`;
  }

  /** Adds a version without publishing it. */
  add(version: JsrVersion): void {
    this.#versions.set(version.name, version);
  }

  /** Returns the stored version of a package. */
  version(name: string): JsrVersion | undefined {
    return this.#versions.get(name);
  }

  /** Stops the server. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }

  async #answer(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const [, scope, name, version] = API.exec(pathname) ?? [];
    if (scope === undefined) return await this.#file(pathname);
    if (request.method === "POST") {
      return await this.#publish(request, searchParams.get("config")!);
    }
    const known = this.#versions.get(`@${scope}/${name}`);
    // A package exists before its first version, because its owner creates it by hand.
    if (version === undefined) return Response.json({ scope, name });
    return known?.version === version
      ? Response.json({ scope, package: name, version })
      : notFound("packageVersionNotFound");
  }

  async #publish(request: Request, configPath: string): Promise<Response> {
    const tar = await request.bytes();
    if (request.headers.get("authorization") !== `Bearer ${JSR_TOKEN}`) {
      const error = { code: "unauthorized", message: "the token is wrong" };
      return Response.json(error, { status: 401 });
    }
    this.add(await versionFromTar(tar, configPath));
    const id = crypto.randomUUID();
    return Response.json({ id, status: "success", error: null });
  }

  async #file(pathname: string): Promise<Response> {
    const [, name, path] = PACKAGE.exec(pathname) ?? [];
    const found = this.#versions.get(name ?? "");
    if (found === undefined) return notFound("packageNotFound");
    const { version, files } = found;
    if (path === "meta.json") {
      return Response.json({ latest: version, versions: { [version]: {} } });
    }
    if (path === `${version}_meta.json`) {
      return Response.json(await versionMeta(found));
    }
    const bytes = files.get(path!.slice(version.length));
    if (!path!.startsWith(`${version}/`) || bytes === undefined) {
      return notFound("fileNotFound");
    }
    return new Response(new Uint8Array(bytes));
  }
}

function notFound(code: string): Response {
  return Response.json({ code, message: "not found" }, { status: 404 });
}
