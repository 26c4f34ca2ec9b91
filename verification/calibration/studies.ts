import { adaptive } from './sections/adaptive.ts'
import { adjustments } from './sections/adjustment.ts'
import { bayesian } from './sections/bayesian.ts'
import { boundedSequences } from './sections/bounded-sequences.ts'
import { checks } from './sections/checks.ts'
import { oneLookCoverage, oneLookFalsePositives } from './sections/estimators-one-look.ts'
import { intervalsOfValues } from './sections/intervals-of-values.ts'
import { manyLooksCoverage } from './sections/many-looks-coverage.ts'
import { multiplicity } from './sections/multiplicity.ts'
import { normalSequences } from './sections/normal-sequences.ts'
import { continuousLooks, dailyLooks } from './sections/peeking.ts'
import { power } from './sections/power.ts'
import { proportions } from './sections/proportions.ts'
import { fiellerOfSamples, relativeIntervals } from './sections/relative-intervals.ts'
import { groupSequentialErrors, stoppedTests } from './sections/stopped-tests.ts'
import { testsOfProportions, testsOfRates, testsOfSampleRatio } from './sections/tests-of-counts.ts'
import { testsOfValues } from './sections/tests-of-values.ts'
import type { Study } from './study.ts'

/** All there is to do, in the order of the page. */
export const STUDIES: readonly Study[] = [
  ...oneLookFalsePositives,
  ...testsOfValues,
  ...testsOfProportions,
  ...testsOfRates,
  ...adjustments,
  ...multiplicity,
  ...testsOfSampleRatio,
  ...checks,
  ...dailyLooks,
  ...continuousLooks,
  ...groupSequentialErrors,
  ...normalSequences,
  ...boundedSequences,
  ...oneLookCoverage,
  ...manyLooksCoverage,
  ...stoppedTests,
  ...relativeIntervals,
  ...fiellerOfSamples,
  ...intervalsOfValues,
  adaptive,
  ...proportions,
  ...power,
  ...bayesian,
]
