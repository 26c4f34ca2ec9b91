/** A score as whole percent, never rounded up: 99.6 % is not without objection. */
export function wholePercent(score: number): string {
  const share = Math.min(1, Math.max(0, score))
  return `${Math.floor(share * 100 + 1e-9)}\u202f%`
}
