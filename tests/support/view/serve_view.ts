import { serveHttp } from "../../../src/platform/deno/serve_http.ts";
import type { ViewSource } from "../../../src/viewer/view_data.ts";
import { newToken, viewerHandler } from "../../../src/viewer/viewer_handler.ts";

/** A server of a view, on a free port of 127.0.0.1. */
export interface ViewServer extends AsyncDisposable {
  /** The URL of its page. */
  readonly url: string;
}

/** Serves a view as `rollouts view` does. */
export async function serveView(source: ViewSource): Promise<ViewServer> {
  const token = newToken();
  const server = await serveHttp(
    viewerHandler(source, { token, port: () => server.port }),
  );
  return {
    url: `http://127.0.0.1:${server.port}/${token}/`,
    [Symbol.asyncDispose]: () => server.close(),
  };
}
