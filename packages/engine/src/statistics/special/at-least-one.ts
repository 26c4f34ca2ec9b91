/**
 * Probability of at least one of n independent events, 1 − (1 − p)ⁿ, without a difference of nearly equal numbers: by
 * repeated doubling of n.
 *
 * @param p in [0, 1]
 * @param n a whole number ≥ 0
 */
export function atLeastOne(p: number, n: number): number {
  let any = 0
  for (let left = n, once = p; left > 0; left = Math.floor(left / 2), once *= 2 - once)
    if (left % 2 === 1) any += once * (1 - any)
  return any
}
