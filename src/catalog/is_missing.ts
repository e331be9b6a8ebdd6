/** The statuses of servers that have no such path, or do not answer GET there. */
const MISSING = [400, 404, 405, 410, 422, 501];

/**
 * Whether an answer means that the server has no such path. Other errors, such as a rejected key or a rate
 * limit, do not show that.
 */
export function isMissing(answer: object): boolean {
  return "status" in answer && MISSING.includes(Number(answer.status));
}
