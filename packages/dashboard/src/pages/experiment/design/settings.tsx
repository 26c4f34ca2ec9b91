import { formatCount, formatTime } from '@helios/charts/format'
import type { Experiment } from '@helios/sdk'
import { Explained } from '../../../parts/explained.tsx'
import { Section } from '../section.tsx'
import { counted, pluralOf, shareInWords } from '../words.ts'
import classes from './design.module.css'

/** How the numbers are judged, and how long it is to run. */
export function Settings({ experiment }: { readonly experiment: Experiment }) {
  const { analysis, minimumSample, maximumDurationDays, unit, saltVersion, createdAt } = experiment
  const { alpha, sampleRatioAlpha, crossoverShare } = analysis
  return (
    <Section title="Analysis and duration">
      <dl className={classes.facts}>
        <dt>
          <Explained how="How often a difference is found where there is none, over all primary comparisons together; and one minus the confidence of each interval.">
            Error rate (alpha)
          </Explained>
        </dt>
        <dd>
          {shareInWords(alpha)}, so intervals have {shareInWords(1 - alpha)} confidence
        </dd>
        <dt>
          <Explained how="Pearson’s chi-square of the units per variant against the intended shares.">
            Units must fit
          </Explained>
        </dt>
        <dd>Below p = {sampleRatioAlpha} the numbers are kept back</dd>
        <dt>Crossover</dt>
        <dd>
          Up to {shareInWords(crossoverShare)} of the {pluralOf(unit)} may meet more than one variant
        </dd>
        <dt>Minimum sample</dt>
        <dd>
          {minimumSample === 0
            ? 'None: nothing says when there are enough.'
            : `${formatCount(minimumSample)} ${pluralOf(unit)} per variant; before that, the answer is preliminary`}
        </dd>
        <dt>Longest duration</dt>
        <dd>{maximumDurationDays === undefined ? 'No limit.' : counted(maximumDurationDays, 'day')}</dd>
        <dt>Created</dt>
        <dd>{formatTime(createdAt)}</dd>
        <dt>
          <Explained how="Part of the name under which units are hashed. Raising it in a draft deals all units anew.">
            Salt
          </Explained>
        </dt>
        <dd>Version {saltVersion}</dd>
      </dl>
    </Section>
  )
}
