import { summariseSample } from '../hypothesis-tests/sample-summary.ts'
import type { TInference } from '../hypothesis-tests/t-inference.ts'
import { welchTTest } from '../hypothesis-tests/two-sample-t-tests.ts'
import type { RankedUnits } from './qini.ts'

/** Units with similar predicted effects, and the effect that they really show. */
export interface UpliftBin {
  /** 1 holds the largest predictions. */
  readonly bin: number
  readonly treatedUnits: number
  readonly controlUnits: number
  /** Mean of the predictions. */
  readonly predicted: number
  /** Difference of means, treated − control; NaN tests where an arm has fewer than two units. */
  readonly observed: TInference
}

/**
 * Bins of (nearly) equal size by predicted effect. When predictions are good, observed effects fall from bin to bin
 * and are near the predicted ones.
 *
 * @param bins number of bins, such as 10 for deciles
 */
export function upliftBins(
  { predictions, treated, outcomes }: RankedUnits,
  bins: number,
  alpha: number,
): UpliftBin[] {
  const n = predictions.length
  const order = Array.from({ length: n }, (_, i) => i).sort(
    (a, b) => (predictions[b] as number) - (predictions[a] as number) || a - b,
  )
  return Array.from({ length: bins }, (_, bin) => {
    const own = order.slice(Math.floor((bin * n) / bins), Math.floor(((bin + 1) * n) / bins))
    const arms = [0, 1].map((arm) =>
      own.filter((i) => treated[i] === arm).map((i) => outcomes[i] as number),
    ) as [number[], number[]]
    return {
      bin: bin + 1,
      treatedUnits: arms[1].length,
      controlUnits: arms[0].length,
      predicted: own.reduce((sum, i) => sum + (predictions[i] as number), 0) / own.length,
      observed: welchTTest(summariseSample(arms[0]), summariseSample(arms[1]), alpha),
    }
  })
}
