import { availableParallelism } from "node:os";

export function processors(): number {
  return availableParallelism();
}
