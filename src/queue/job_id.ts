import { digest } from "./digest.ts";

/**
 * The id of the job for a sample: the same on every machine and in every life of a program, in whatever
 * directory the sample is cached. Whoever asks for it again finds the same job. The number of the attempt is no part of
 * it, or a program that starts again could ask for a first attempt while a second one is under way; nor
 * is the body, of which the name knows what shapes the sample.
 */
export function jobId(name: string, seed: number): string {
  return `s${digest(name, String(seed))}`;
}

/** The id of a job that nobody else can want. */
export function ownJobId(): string {
  return `o${crypto.randomUUID().replaceAll("-", "")}`;
}
