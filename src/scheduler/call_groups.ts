import type { RolloutsError } from "../errors.ts";

/** The calls of a group that are in progress. */
interface Group {
  readonly members: Set<(error: RolloutsError) => void>;
  error: RolloutsError | null;
}

/**
 * Groups calls that differ only in their prompts, so that an error that concerns all of them, such as an
 * unknown model, ends them before they send more requests.
 */
export class CallGroups {
  readonly #groups = new Map<string, Group>();

  /** Adds a call to a group until it is disposed. `fail` is called with an error of the group. */
  join(name: string, fail: (error: RolloutsError) => void): Disposable {
    const group: Group = this.#groups.get(name) ??
      { members: new Set(), error: null };
    this.#groups.set(name, group);
    group.members.add(fail);
    if (group.error !== null) fail(group.error);
    return {
      [Symbol.dispose]: () => {
        group.members.delete(fail);
        if (group.members.size === 0) this.#groups.delete(name);
      },
    };
  }

  /** Fails all calls of a group, and those that join while one of them is in progress. */
  fail(name: string, error: RolloutsError): void {
    const group = this.#groups.get(name);
    if (group === undefined) return;
    group.error ??= error;
    for (const fail of group.members) fail(group.error);
  }
}
