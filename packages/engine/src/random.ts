/**
 * A seed that nobody outside can foresee, for tables whose speed must not depend on the good will of
 * senders. Results never depend on it.
 */
export function unpredictableSeed(): number {
  return crypto.getRandomValues(new Int32Array(1))[0] as number
}
