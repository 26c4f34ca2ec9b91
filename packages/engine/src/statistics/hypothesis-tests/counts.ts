/** Exact tests take time that grows with the square root of a count: some hundredths of a second for this one. */
const LARGEST_COUNT = 1e12

/** Whether it is a whole number in [0, 1e12], as exact tests of counts take it. */
export function isExactCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= LARGEST_COUNT
}
