import { isatty } from "node:tty";

export function stderrIsTerminal(): boolean {
  return isatty(2);
}

export function stdinIsTerminal(): boolean {
  return isatty(0);
}
