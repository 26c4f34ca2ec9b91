import { chiSquareCdf } from '../distributions/chi-square.ts'
import { normalCdf } from '../distributions/normal.ts'
import { integrate } from '../special/gauss-legendre.ts'

const SQRT_TWO_PI = 2.5066282746310005024

/** Beyond so many standard deviations of the normal part nothing is left at 1e-18. */
const REACH = 9
const POINTS = 20

/**
 * P(X ≤ x) of the noncentral chi-square distribution, to 1e-13 absolute, in time that does not grow with the
 * noncentrality.
 *
 * X is (Z + √λ)² plus an independent chi-square of one degree of freedom less. Integrated over w = Z + √λ = √x sin θ,
 * in which the integrand is smooth up to its ends.
 *
 * @param x any number
 * @param degreesOfFreedom ν ≥ 1
 * @param noncentrality λ ≥ 0, finite
 * @returns NaN outside the domain
 *
 * Source: definition, Johnson, Kotz & Balakrishnan 1995, Continuous Univariate Distributions 2, chapter 29.
 */
export function noncentralChiSquareCdf(x: number, degreesOfFreedom: number, noncentrality: number): number {
  const isPossible = degreesOfFreedom >= 1 && noncentrality >= 0 && noncentrality < Number.POSITIVE_INFINITY
  if (!isPossible || Number.isNaN(x)) return Number.NaN
  if (x <= 0) return 0
  if (noncentrality === 0) return chiSquareCdf(x, degreesOfFreedom)
  const [radius, centre] = [Math.sqrt(x), Math.sqrt(noncentrality)]
  if (degreesOfFreedom === 1) return normalCdf(radius - centre) - normalCdf(-radius - centre)
  return integral(radius, centre, degreesOfFreedom - 1)
}

/** ∫ φ(w − centre) P(χ² ≤ radius² − w²) dw over |w| ≤ radius. */
function integral(radius: number, centre: number, degreesOfFreedom: number): number {
  const integrand = (angle: number): number => {
    const z = radius * Math.sin(angle) - centre
    const rest = radius * Math.cos(angle)
    return Math.exp((-z * z) / 2) * chiSquareCdf(rest * rest, degreesOfFreedom) * rest
  }
  const places = breakPoints(radius, centre, degreesOfFreedom)
  let sum = 0
  for (let i = 1; i < places.length; i++) {
    sum += integrate(integrand, places[i - 1] as number, places[i] as number, POINTS)
  }
  return Math.min(1, sum / SQRT_TWO_PI)
}

/** Angles between which the integrand is one smooth piece: steps of the normal part, and of the chi-square part. */
function breakPoints(radius: number, centre: number, degreesOfFreedom: number): number[] {
  const from = Math.max(-radius, centre - REACH)
  const to = Math.min(radius, centre + REACH)
  if (!(from < to)) return []
  const places = [from, to]
  for (let z = -REACH; z <= REACH; z += 3) places.push(centre + z)
  const deviation = Math.sqrt(2 * degreesOfFreedom)
  for (const steps of [-6, -3, 0, 3, 6, 12, 24]) {
    const rest = degreesOfFreedom + steps * deviation
    const place = Math.sqrt(radius * radius - rest)
    if (rest > 0 && place > 0) places.push(place, -place)
  }
  return places
    .filter((place) => place >= from && place <= to)
    .sort((a, b) => a - b)
    .map((place) => Math.asin(Math.max(-1, Math.min(1, place / radius))))
}
