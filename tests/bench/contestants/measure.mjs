// @ts-check
import { existsSync, readFileSync } from "node:fs";
import process from "node:process";

/**
 * Times what a contestant does, and prints the measurement as one line of JSON.
 *
 * @template Task
 * @param {(task: Task) => Promise<() => void | Promise<void>>} prepare Makes everything ready, and gives
 * what is timed.
 * @returns {Promise<void>}
 */
export async function measure(prepare) {
  const timed = await prepare(JSON.parse(process.argv[2] ?? ""));
  const cpuBefore = process.cpuUsage();
  const startMs = performance.now();
  await timed();
  const seconds = (performance.now() - startMs) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  const cpuSeconds = (user + system) / 1e6;
  /** @type {import("./task.ts").Measurement} */
  const measurement = { seconds, cpuSeconds, peakRssBytes: peakRssBytes() };
  console.log(JSON.stringify(measurement));
  // Connections that are kept alive would keep the process, too.
  process.exit(0);
}

/** @returns {number | null} */
function peakRssBytes() {
  const file = "/proc/self/status";
  if (!existsSync(file)) return null;
  const kib = /VmHWM:\s*(\d+) kB/.exec(readFileSync(file, "utf8"))?.[1];
  return kib === undefined ? null : Number(kib) * 1024;
}
