import type { ViewSource } from "../../../src/viewer/view_data.ts";
import { VIEWER_PAGE } from "../../../src/viewer/viewer_page.ts";

/** Nothing is allowed but the page's own script and style, and no text can become markup. */
const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

/** A server of a view, on a free port of 127.0.0.1. */
export interface ViewServer extends AsyncDisposable {
  /** The address of its page. */
  readonly url: string;
}

/** Serves a view as `rollouts view` does, under the same policy. */
export function serveView(source: ViewSource): ViewServer {
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    async ({ url }) => {
      const { pathname, searchParams } = new URL(url);
      const path = pathname.replace(/^\/token\//, "");
      const file = page(path);
      if (file !== undefined) return file;
      try {
        return Response.json(await answer(source, path, searchParams));
      } catch (error) {
        return Response.json({ error: (error as Error).message }, {
          status: 404,
        });
      }
    },
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}/token/`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

function page(path: string): Response | undefined {
  const { frame, style, script } = VIEWER_PAGE;
  const of = (text: string, type: string) =>
    new Response(text, {
      headers: {
        "content-type": `${type}; charset=utf-8`,
        "content-security-policy": POLICY,
      },
    });
  switch (path) {
    case "":
      return of(
        frame
          .replace("<!-- style -->", '<link rel="stylesheet" href="style.css">')
          .replace(
            "<!-- script -->",
            '<script src="script.js" defer></script>',
          ),
        "text/html",
      );
    case "style.css":
      return of(style, "text/css");
    case "script.js":
      return of(script, "text/javascript");
  }
  return undefined;
}

function answer(
  source: ViewSource,
  path: string,
  query: URLSearchParams,
): Promise<unknown> {
  const set = query.get("set");
  switch (path) {
    case "api/sets":
      return source.sets(Number(query.get("since")));
    case "api/samples":
      return source.samples(set!);
    case "api/sample":
      return source.sample(set!, query.get("name")!);
    case "api/answers":
      return source.answers(set!, query.get("rule") as "boxed");
    case "api/search":
      return source.search(query.get("query")!, {
        set,
        limit: Number(query.get("limit")),
      });
  }
  throw new Error(`there is no ${path}`);
}
