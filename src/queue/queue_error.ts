import { RolloutsError } from "../errors.ts";

/**
 * The queue cannot be used: its Redis server is unreachable, rejects the password, or is configured so that
 * results could be lost; or, on Node, a package that it needs is not installed.
 */
export class QueueError extends RolloutsError {
  /** The name of the class, which survives where the class itself does not. */
  override name = "QueueError";
}

/** Returns an error of the Redis server at a URL, with a message that says what to do. */
export function queueError(url: string, error: unknown): QueueError {
  const reason = error instanceof Error ? error.message : String(error);
  return new QueueError(
    `the queue's Redis at ${shownUrl(url)} ${explain(reason)}`,
    { cause: error },
  );
}

/** Returns a URL without its password. */
export function shownUrl(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname === "/" ? "" : pathname}`;
}

function explain(reason: string): string {
  if (/NOAUTH|Authentication required/i.test(reason)) {
    return `wants a password: redis://:PASSWORD@HOST, or redis://USER:PASSWORD@HOST`;
  }
  if (/WRONGPASS|invalid password|invalid username/i.test(reason)) {
    return "does not accept the user name or the password in the address";
  }
  if (/NOPERM/.test(reason)) {
    return `does not let this user do what the queue needs: ${reason}`;
  }
  if (/^OOM|used memory > 'maxmemory'/.test(reason)) {
    return "is out of memory: raise its maxmemory, or let a coordinator take out the results that wait";
  }
  if (/certificate|self.signed|UnknownIssuer|SSL|TLS/i.test(reason)) {
    return `cannot be trusted or speaks no TLS (${reason}): DENO_CERT, on Node NODE_EXTRA_CA_CERTS, names the certificate of your own authority`;
  }
  return `cannot be reached: ${reason}`;
}
