/** How many processors the machine has. */
export function processors(): number {
  return navigator.hardwareConcurrency;
}
