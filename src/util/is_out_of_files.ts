const CODE = /^E[MN]FILE$/;

/**
 * Whether a call or a request failed because the process has too many files and connections open. Errors
 * of files have a code, errors of the cache have one of those as their cause, and failures of requests
 * have only a message.
 */
export function isOutOfFiles(failure: unknown): boolean {
  const { code, cause, kind, message } = Object(failure);
  return CODE.test(code) || CODE.test(Object(cause).code) ||
    (kind === "network" &&
      /too many open files|\bE[MN]FILE\b/i.test(message));
}
