import { connect } from "node:net";
import { text } from "node:stream/consumers";

/** Sends a request to this machine as no `fetch` would, by the lines of its head: the answer as text. */
export async function rawRequest(
  port: number,
  lines: readonly string[],
): Promise<string> {
  const socket = connect({ host: "127.0.0.1", port });
  socket.write([...lines, "connection: close", "", ""].join("\r\n"));
  return await text(socket);
}
