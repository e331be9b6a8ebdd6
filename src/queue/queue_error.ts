import { RolloutsError } from "../errors.ts";
import { reasonOf } from "../util/reason_of.ts";

/**
 * The queue cannot be used: its Redis server is unreachable, rejects the password, or is configured so that
 * results could be lost; or, on Node, a package that it needs is not installed.
 */
export class QueueError extends RolloutsError {
  /** The name of the class, which also identifies errors of another copy of the package. */
  override name = "QueueError";
}

/** Returns an error of the Redis server at a URL, with a message that explains what to do. */
export function queueError(url: string, error: unknown): QueueError {
  return new QueueError(
    `the queue's Redis at ${shownUrl(url)} ${explain(reasonOf(error))}`,
    { cause: error },
  );
}

/** Returns whether Redis refused a command because its memory is full. */
export function isOutOfMemory(error: unknown): boolean {
  return /OOM command not allowed|used memory > 'maxmemory'/.test(
    String((error as Error)?.message),
  );
}

/** Returns whether Redis rejected a command permanently. */
export function isPermanent(error: unknown): boolean {
  const { name, message } = error as Error;
  return name === "ReplyError" && !isOutOfMemory(error) &&
    !/^(?:LOADING|BUSY|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|NOREPLICAS|NOSCRIPT|MISCONF)/
      .test(message);
}

/** Returns a URL without its password. */
export function shownUrl(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname === "/" ? "" : pathname}`;
}

function explain(reason: string): string {
  if (/NOAUTH|Authentication required/i.test(reason)) {
    return `needs a password: use redis://:PASSWORD@HOST, or redis://USER:PASSWORD@HOST`;
  }
  if (/WRONGPASS|invalid password|invalid username/i.test(reason)) {
    return "rejects the user name or the password in the URL";
  }
  if (/NOPERM/.test(reason)) {
    return `does not give this user the permissions that the queue needs: ${reason}`;
  }
  if (/DB index|value is out of range/i.test(reason)) {
    return "has no database with this number: use a lower one, or raise its setting databases (16 by default)";
  }
  if (/^OOM|used memory > 'maxmemory'/.test(reason)) {
    return "is out of memory: raise its maxmemory, or start a run that reads the waiting results";
  }
  if (/certificate|self.signed|UnknownIssuer|SSL|TLS/i.test(reason)) {
    return `has no TLS or an untrusted certificate (${reason}): set DENO_CERT (on Node, NODE_EXTRA_CA_CERTS) to the certificate of your authority`;
  }
  return `cannot be reached: ${reason}`;
}
