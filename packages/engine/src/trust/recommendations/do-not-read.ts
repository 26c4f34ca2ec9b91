import type { Evidence, Recommendation } from '../evidence.ts'
import { excessInWords, largestExcess, stratumInWords, worstStratum } from '../excess.ts'
import { isSampleRatioMismatch } from '../sample-ratio.ts'
import { capitalised, percent } from '../words.ts'

/** A day whose shares are this unlikely under those of all days is named. */
const REMARKABLE = 0.05

/** One recommendation for each reason for which the numbers must not be read. */
export function doNotRead(evidence: Evidence): Recommendation[] {
  const { refusals, crossover } = evidence.analysis
  const others = refusals.flatMap(({ code, message }): Recommendation[] => {
    if (code === 'sample-ratio-mismatch') return []
    if (code !== 'crossover') return [recommendation(message, [])]
    const share = percent(crossover.share)
    const limit = percent(evidence.settings.crossoverShare)
    const found = `${share} of the units were seen in more than one variant, and at most ${limit} may be`
    return [
      recommendation(`${found}. Find what lets units change over, repair it and start again.`, [message]),
    ]
  })
  return isSampleRatioMismatch(evidence) ? [mismatch(evidence), ...others] : others
}

function mismatch({ analysis }: Evidence): Recommendation {
  const { counts, expected, pValue, strata = [] } = analysis.sampleRatio
  const excess = largestExcess(counts, expected, analysis.control)
  const found = excess ? excessInWords(excess, pValue) : 'the variants do not have the units that they should'
  const days = strata.find(({ name }) => name === 'day')
  const worst = days && worstStratum(days, counts, analysis.control)
  const isUneven = days !== undefined && days.pValue < REMARKABLE
  const when = days ? (isUneven && worst ? `, most ${worst.where}` : ', on all days alike') : ''
  return recommendation(`${found}${when}. Find what loses or adds units, repair it and start again.`, [
    ...analysis.refusals.filter(({ code }) => code === 'sample-ratio-mismatch').map(({ message }) => message),
    ...(isUneven && worst ? [`${capitalised(stratumInWords(worst))}.`] : []),
  ])
}

function recommendation(message: string, evidence: readonly string[]): Recommendation {
  return { code: 'do-not-read', message: `Do not read the numbers: ${message}`, evidence }
}
