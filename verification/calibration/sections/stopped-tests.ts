import { efficacyBoundaries } from '../../../packages/engine/src/statistics/sequential/group-sequential/boundaries.ts'
import { repeatedInterval } from '../../../packages/engine/src/statistics/sequential/group-sequential/repeated.ts'
import type { Spending } from '../../../packages/engine/src/statistics/sequential/group-sequential/spending.ts'
import { stageWiseInterval } from '../../../packages/engine/src/statistics/sequential/group-sequential/stage-wise.ts'
import { normalVariate } from '../../../packages/engine/src/statistics/variates/variates.ts'
import { ALPHA, type Band, COVERAGE, FALSE_POSITIVES, FOR_CONTRAST } from '../band.ts'
import type { Question } from '../row.ts'
import { type Study, simulation } from '../study.ts'
import { holds } from './estimators-one-look.ts'

const INFORMATION = [0.2, 0.4, 0.6, 0.8, 1]
const SPENDINGS = ['obrien-fleming', 'pocock'] as const satisfies readonly Spending['kind'][]
const Z = 1.959963984540054

/** z at each look for a drift, up to the look at which the test stops. */
function stoppedAt(
  boundaries: readonly number[],
  drift: number,
  normal: () => number,
): { readonly look: number; readonly z: number; readonly isFound: boolean } {
  let score = 0
  let before = 0
  for (const [look, information] of INFORMATION.entries()) {
    const step = information - before
    score += drift * step + Math.sqrt(step) * normal()
    before = information
    const z = score / Math.sqrt(information)
    const isFound = Math.abs(z) >= (boundaries[look] ?? Number.NaN)
    if (isFound || look === INFORMATION.length - 1) return { look, z, isFound }
  }
  throw new Error('A test has at least one look.')
}

/** The boundaries themselves, where z is normal as they assume. */
export const groupSequentialErrors: readonly Study[] = SPENDINGS.map((kind) => {
  const boundaries = boundariesOf(kind)
  return simulation({
    name: `group-sequential errors/${kind}`,
    experiments: 100_000,
    questions: [
      {
        section: 'peeking',
        measure: 'Group-sequential boundaries',
        method: `alpha spending, ${kind}`,
        population: 'normal z',
        sample: '5 looks',
        band: FALSE_POSITIVES.exact,
      },
    ],
    experiment: (random, see) => {
      see(0, stoppedAt(boundaries, 0, () => normalVariate(random)).isFound)
    },
  })
})

function boundariesOf(kind: (typeof SPENDINGS)[number]): number[] {
  return efficacyBoundaries({ information: INFORMATION, alpha: ALPHA, sides: 2, spending: { kind } })
}

/** What is said after the test has stopped. */
export const stoppedTests: readonly Study[] = [0, 2.8].map((drift) => {
  const upper = boundariesOf('obrien-fleming')
  const rule = { information: INFORMATION, upper, lower: upper.map((boundary) => -boundary) }
  const question = (method: string, band: Band): Question => ({
    section: 'coverage',
    measure: 'After a group-sequential test has stopped',
    method,
    population: drift === 0 ? 'normal z, no effect' : 'normal z, effect found in 80 %',
    sample: "5 looks, O'Brien–Fleming spending",
    band,
  })
  return simulation({
    name: `stopped tests/${drift}`,
    experiments: 2000,
    questions: [
      question('stage-wise interval', COVERAGE.exact),
      question('repeated interval', COVERAGE.atLeast),
      question('interval as if there had been one look', FOR_CONTRAST),
    ],
    experiment: (random, see) => {
      const { look, z } = stoppedAt(upper, drift, () => normalVariate(random))
      const standardError = 1 / Math.sqrt(INFORMATION[look] as number)
      see(0, holds(stageWiseInterval({ rule, look, z }, standardError, ALPHA), drift))
      const estimate = z * standardError
      see(1, holds(repeatedInterval(estimate, standardError, upper[look] as number), drift))
      see(2, Math.abs(estimate - drift) <= Z * standardError)
    },
  })
})
