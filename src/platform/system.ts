/** The process and the machine it runs on. Implemented by `deno/system.ts` and `node/system.ts`. */
export interface System {
  /** Whether the system is Windows, which differs in paths, links and signals. */
  isWindows(): boolean;
  /** The number of processors of the machine. */
  cpuCount(): number;
  /**
   * Returns an environment variable, or `undefined` if it is not set, is empty, or the process may
   * not read it. Never makes Deno prompt for the permission.
   */
  readEnv(name: string): string | undefined;
  /** Returns the names of all environment variables, or none if the process may not list them. */
  envNames(): readonly string[];
  /** Returns what to append to the advice "set NAME" if the process may not read the variable. */
  envHint(name: string): string;
  /**
   * Returns the working directory.
   *
   * @throws {Error} If the process may not know it, or it was removed.
   */
  cwd(): string;
  /** The arguments of the process's command line. */
  args(): readonly string[];
  /** Sets the exit code of the process, without ending it. */
  setExitCode(code: number): void;
  /** Calls `listener` with each uncaught error, which is then not printed and does not end the process. */
  onUncaughtError(listener: (error: unknown) => void): void;
  /** Ends the process immediately. */
  exit(code: number): never;
  /**
   * Calls `listener` at each SIGINT (Ctrl-C) and SIGTERM, which then do not end the process.
   *
   * @returns A function that removes the listener.
   */
  onTerminationSignal(listener: () => void): () => void;
  /**
   * Calls `listener` after a delay. The timer does not keep the process running.
   *
   * @returns A function that clears the timer.
   */
  setUnrefTimeout(listener: () => void, delayMs: number): () => void;
  /**
   * Identifies this process, or returns `null` if the runtime cannot. Deno does not: file locks
   * show whether a process runs, and reading the namespace would need permissions.
   */
  processId(): ProcessId | null;
  /** Whether no process of this namespace has the id; `false` if the runtime cannot know. */
  hasExited(pid: number): boolean;
}

/** Identifies a process across machines and containers. */
export interface ProcessId {
  /** The process id, unique within the namespace. */
  readonly pid: number;
  /** The namespace: a boot and its PID namespace on Linux, else the host name. */
  readonly namespace: string;
}
