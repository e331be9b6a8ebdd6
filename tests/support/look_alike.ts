import { isJsonObject, type JsonObject } from "../../src/util/json_object.ts";
import { serve } from "./serve.ts";

/** How a server of one kind answers what it does not support. */
export interface LookAlike {
  /** What the server says of itself, by path. */
  readonly info: Readonly<Record<string, unknown>>;
  /** Returns the status and the message of an error, or `null` if it accepts the body. */
  readonly refusal: (body: JsonObject) => readonly [number, string] | null;
  /** Returns the message of the answer. The model's own text is `own`. */
  readonly answer: (own: string, body: JsonObject) => JsonObject;
}

/** The last message of a chat. */
export function lastMessage(body: JsonObject): JsonObject {
  const last = (body.messages as readonly unknown[]).at(-1);
  return isJsonObject(last) ? last : {};
}

/** Continues the last message: completes a word that it has begun and that it contains before, as a model does. */
function ownText(body: JsonObject): string {
  const { reasoning_content = "", content } = lastMessage(body);
  const text = `${reasoning_content}\n${content}`;
  const begun = /[a-z]+$/.exec(text.trimEnd())?.[0];
  const word = begun && new RegExp(`\\b${begun}[a-z]+\\b`).exec(text)?.[0];
  if (!word) return "0 = 50.</think>50";
  const rest = word.slice(begun.length);
  const isOpen = reasoning_content === ""
    ? !text.includes("</think>")
    : content === "";
  return isOpen ? `${rest}.</think>${word}` : `</think>${rest}`;
}

/** Text of a model that thinks: split as servers with a reasoning parser do. */
export function thoughtAndAnswer(text: string): readonly [string, string] {
  const [thought = "", answer = ""] = text.split("</think>");
  return [thought, answer];
}

/** Starts a server without keys and prices that accepts and answers what a kind of server does. */
export async function startLookAlike({ info, refusal, answer }: LookAlike) {
  const bodies: JsonObject[] = [];
  const paths: string[] = [];
  const keys: (string | null)[] = [];
  const server = await serve(async (request) => {
    const { pathname } = new URL(request.url);
    paths.push(pathname);
    keys.push(request.headers.get("authorization"));
    const known = info[pathname];
    if (known !== undefined) return Response.json(known);
    if (pathname !== "/v1/chat/completions") {
      return Response.json({ detail: "Not Found" }, { status: 404 });
    }
    const body = await request.json();
    bodies.push(body);
    const refused = refusal(body);
    if (refused !== null) {
      const [status, message] = refused;
      return Response.json({ error: { message } }, { status });
    }
    return Response.json({
      id: "chatcmpl-1",
      object: "chat.completion",
      created: 1,
      model: body.model,
      choices: [{
        index: 0,
        message: { role: "assistant", ...answer(ownText(body), body) },
        finish_reason: "stop",
      }],
      usage: { prompt_tokens: 9, completion_tokens: 8, total_tokens: 17 },
    });
  });
  return {
    baseUrl: `${server.url}/v1`,
    bodies,
    paths,
    /** The `Authorization` header of each request. */
    keys,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
