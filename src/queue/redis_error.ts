import { RolloutsError } from "../errors.ts";

/**
 * A queue cannot be used: its Redis is not there, refuses the password, or is set up so that results could be
 * lost; or, on Node, packages of it are not installed.
 */
export class QueueError extends RolloutsError {
  /** The class, as text: it survives where the class itself does not. */
  override name = "QueueError";
}

/** What went wrong with the Redis at an address, in words that say what to do. */
export function queueError(address: string, error: unknown): QueueError {
  const reason = error instanceof Error ? error.message : String(error);
  return new QueueError(
    `the queue's Redis at ${shownAddress(address)} ${explain(reason)}`,
    { cause: error },
  );
}

/** The address without its password. */
export function shownAddress(address: string): string {
  const { protocol, host, pathname } = new URL(address);
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
