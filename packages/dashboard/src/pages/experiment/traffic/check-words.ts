import { formatCount, formatPValue, isNumber } from '@helios/charts/format'
import type { Analysis, AnalysisSettings, SampleRatio, StratumCheck } from '@helios/sdk'
import { counted, shareInWords } from '../words.ts'

export interface Check {
  readonly level: 'good' | 'attention' | 'bad' | 'none'
  readonly headline: string
  readonly explanation: string
}

/** Below this p-value the analysis warns, though it does not refuse. */
const SUSPICIOUS = 0.01

/** Do the variants have the units they should? */
export function sampleRatioInWords(
  { pValue, degreesOfFreedom }: SampleRatio,
  { sampleRatioAlpha }: Pick<AnalysisSettings, 'sampleRatioAlpha'>,
): Check {
  const how = `Pearson’s chi-square against the intended shares, ${counted(degreesOfFreedom, 'degree')} of freedom`
  if (!isNumber(pValue)) {
    return {
      level: 'none',
      headline: 'Nothing to check yet',
      explanation: 'The check needs units, and two variants that are to get some.',
    }
  }
  const p = formatPValue(pValue)
  if (pValue < sampleRatioAlpha) {
    return {
      level: 'bad',
      headline: 'The variants do not have the units they should',
      explanation: `By chance alone they would be so uneven in fewer than one of ${oneIn(pValue)} experiments (${p}; ${how}). Below p = ${sampleRatioAlpha} the numbers are kept back.`,
    }
  }
  if (pValue < SUSPICIOUS) {
    return {
      level: 'attention',
      headline: 'The units are unlikely under the intended shares',
      explanation: `Not yet a refusal, but worth a look (${p}; ${how}).`,
    }
  }
  return {
    level: 'good',
    headline: 'The variants have the units they should',
    explanation: `What differs is within chance (${p}; ${how}).`,
  }
}

/** Beyond a million nobody pictures the difference. */
function oneIn(pValue: number): string {
  const power = Math.floor(-Math.log10(Math.max(pValue, 1e-6)))
  return power >= 6 ? 'a million' : formatCount(10 ** power)
}

/** Are the shares the same in each part, day by day say? */
export function stratumInWords(
  { name, strata, pValue, degreesOfFreedom }: StratumCheck,
  { sampleRatioAlpha }: Pick<AnalysisSettings, 'sampleRatioAlpha'>,
): Check {
  const how = `chi-square test that variant and ${name} are independent, ${counted(degreesOfFreedom, 'degree')} of freedom`
  if (!isNumber(pValue)) {
    return {
      level: 'none',
      headline: `Nothing to compare by ${name}`,
      explanation: `Two values of ${name} with units are needed.`,
    }
  }
  const p = formatPValue(pValue)
  if (pValue < sampleRatioAlpha) {
    return {
      level: 'attention',
      headline: `The shares differ by ${name}`,
      explanation: `What differs by ${name} is mixed into the effect (${p}; ${how}).`,
    }
  }
  if (pValue < SUSPICIOUS) {
    return {
      level: 'attention',
      headline: `The shares look uneven by ${name}`,
      explanation: `Over ${counted(strata, name)}, unlikely by chance, yet not beyond it: worth a look (${p}; ${how}).`,
    }
  }
  return {
    level: 'good',
    headline: `The shares are the same for every ${name}`,
    explanation: `Over ${counted(strata, name)}, what differs is within chance (${p}; ${how}).`,
  }
}

/** Units that were seen in more than one variant. */
export function crossoverInWords(
  { crossover: { share } }: Pick<Analysis, 'crossover'>,
  { crossoverShare }: Pick<AnalysisSettings, 'crossoverShare'>,
): Check {
  const limit = shareInWords(crossoverShare)
  return share > crossoverShare
    ? {
        level: 'bad',
        headline: 'Too many units met more than one variant',
        explanation: `Above ${limit} the variants are mixed, and the numbers are kept back.`,
      }
    : {
        level: 'good',
        headline: share === 0 ? 'Every unit met one variant only' : 'Few units met more than one variant',
        explanation: `They count in the one they met first; up to ${limit} is accepted.`,
      }
}
