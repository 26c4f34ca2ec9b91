import type { Finding, SampleRatio, StratumCheck } from './analysis.ts'
import type { AnalysisSettings } from './experiment.ts'
import type { SampleCounts } from './sample-ratio-check.ts'

export interface JudgedSample extends SampleCounts {
  readonly settings: AnalysisSettings
  /** Units per variant that were planned; 0 where none were. */
  readonly minimumSample: number
}

/** p-value below which a mismatch of sample sizes is worth a warning, though not yet a refusal. */
const SUSPICIOUS_SAMPLE_RATIO = 0.01

/** Why the numbers must not be read. */
export function refusalsFor(
  { settings }: JudgedSample,
  sampleRatio: SampleRatio,
  crossoverShare: number,
): Finding[] {
  const findings: Finding[] = []
  if (sampleRatio.pValue < settings.sampleRatioAlpha) {
    findings.push({
      code: 'sample-ratio-mismatch',
      message: `The variants do not have the units they should (${shortP(sampleRatio.pValue)}): assignment, exposure or logging loses units of some variants, and whoever is lost may differ from whoever is left.`,
    })
  }
  if (crossoverShare > settings.crossoverShare) {
    findings.push({
      code: 'crossover',
      message: `${percent(crossoverShare)} of the units were seen in more than one variant (limit ${percent(settings.crossoverShare)}): the variants are mixed.`,
    })
  }
  return findings
}

/** What a careful reader should know of the sample. */
export function warningsFor(input: JudgedSample, sampleRatio: SampleRatio, units: number): Finding[] {
  const { settings } = input
  const findings: Finding[] = []
  if (units === 0) findings.push({ code: 'no-units', message: 'No unit has met a variant yet.' })
  if (sampleRatio.pValue >= settings.sampleRatioAlpha && sampleRatio.pValue < SUSPICIOUS_SAMPLE_RATIO) {
    findings.push({
      code: 'sample-ratio-suspicious',
      message: `The sample sizes are unlikely under the intended shares (${shortP(sampleRatio.pValue)}); look for lost units before believing small effects.`,
    })
  }
  for (const check of sampleRatio.strata ?? []) {
    if (check.pValue < settings.sampleRatioAlpha) findings.push(allocationVaries(check))
  }
  const smallest = Math.min(...input.counts.filter((_, i) => (input.expected[i] ?? 0) > 0))
  if (units > 0 && smallest < input.minimumSample) {
    findings.push({
      code: 'below-minimum-sample',
      message: `The smallest variant has ${smallest} of the ${input.minimumSample} units it was planned to have: preliminary.`,
    })
  }
  return findings
}

function allocationVaries(check: StratumCheck): Finding {
  const worst = check.worst[0]
  const example = worst
    ? ` Worst: ${worst.stratum} (${Object.entries(worst.counts)
        .map(([key, count]) => `${key} ${count.toLocaleString('en')}`)
        .join(', ')}).`
    : ''
  return {
    code: 'allocation-varies',
    message: `The shares of the variants differ ${check.name === 'day' ? 'from day to day' : `between values of ${check.name}`} (${shortP(check.pValue)}): what differs by ${check.name} is mixed into the effect (Simpson's paradox).${example}`,
  }
}

function percent(share: number): string {
  return `${(share * 100).toPrecision(2)} %`
}

/** The digits of very small ones mean nothing to a reader; the result holds them all. */
function shortP(p: number): string {
  return p < 0.0001 ? 'p < 0.0001' : `p = ${p.toPrecision(2)}`
}
