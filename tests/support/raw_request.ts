import { connect } from "node:net";
import { text } from "node:stream/consumers";

/**
 * Sends the lines of a request head to this machine, which `fetch` would not send; returns the
 * answer.
 */
export async function rawRequest(
  port: number,
  lines: readonly string[],
): Promise<string> {
  const socket = connect({ host: "127.0.0.1", port });
  socket.write([...lines, "connection: close", "", ""].join("\r\n"));
  return await text(socket);
}
