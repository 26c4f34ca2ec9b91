import { formatCount, formatPercent, formatPValue } from '@helios/charts/format'
import type { Analysis, Experiment, StratumCheck } from '@helios/sdk'
import { Stack } from '@mantine/core'
import { NumberWithMethod } from '../../../parts/figure-number.tsx'
import { Section } from '../section.tsx'
import { capital, isolated, nameOfVariant, pluralOf } from '../words.ts'
import { CheckLine } from './check-line.tsx'
import { crossoverInWords, stratumInWords } from './check-words.ts'

interface Props {
  readonly experiment: Experiment
  readonly analysis: Analysis
}

/** Whether the shares are the same in each part: day by day. */
export function Strata({ experiment, analysis: { sampleRatio } }: Props) {
  const { strata = [] } = sampleRatio
  if (strata.length === 0) return null
  return (
    <Section
      title="The same shares throughout"
      lead="Shares that change while an experiment runs mix what differs between days into the effect."
    >
      <Stack gap="md">
        {strata.map((check) => (
          <div key={check.name}>
            <CheckLine check={stratumInWords(check, experiment.analysis)} />
            <Worst check={check} experiment={experiment} />
          </div>
        ))}
      </Stack>
    </Section>
  )
}

const MOST_COUNTS = 6

function Worst({ check, experiment }: { readonly check: StratumCheck; readonly experiment: Experiment }) {
  if (check.worst.length === 0) return null
  return (
    <details style={{ marginTop: 8, fontSize: 14 }}>
      <summary style={{ cursor: 'pointer' }}>Where the shares depart most</summary>
      <ul style={{ lineHeight: 1.6, overflowWrap: 'anywhere' }}>
        {check.worst.map(({ stratum, counts, pValue }) => (
          <li key={stratum}>
            {stratum}: {countsInWords(counts, experiment)}{' '}
            <NumberWithMethod
              value={formatPValue(pValue)}
              method={`Pearson’s chi-square of this ${check.name} against the shares of all of them.`}
            />
          </li>
        ))}
      </ul>
    </details>
  )
}

function countsInWords(counts: Readonly<Record<string, number>>, experiment: Experiment): string {
  const named = Object.entries(counts)
    .slice(0, MOST_COUNTS)
    .map(([key, count]) => `${isolated(nameOfVariant(experiment, key))} ${formatCount(count)}`)
  return named.join(', ')
}

/** Units that met several variants, and whether they are too many. */
export function Crossover({ experiment, analysis }: Props) {
  const { units, share } = analysis.crossover
  const { unit } = experiment
  return (
    <Section
      title={`${capital(pluralOf(unit))} seen in more than one variant`}
      lead={
        <NumberWithMethod
          value={`${formatCount(units)} of ${formatCount(analysis.units)} (${formatPercent(share)})`}
          method={`Different ${pluralOf(unit)} with exposures to two variants or more, divided by all that met one.`}
        />
      }
    >
      <CheckLine check={crossoverInWords(analysis, experiment.analysis)} />
    </Section>
  )
}
