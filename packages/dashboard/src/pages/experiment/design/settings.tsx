import { formatCount, formatTime } from '@helios/charts/format'
import type { Experiment } from '@helios/sdk'
import { Fragment } from 'react'
import { Explained } from '../../../parts/explained.tsx'
import { settingsInWords } from '../analysis-words.ts'
import { Section } from '../section.tsx'
import { capital, counted, pluralOf } from '../words.ts'
import classes from './design.module.css'

/** How the numbers are judged, and how long it is to run. */
export function Settings({ experiment }: { readonly experiment: Experiment }) {
  const { analysis, minimumSample, maximumDurationDays, unit, saltVersion, createdAt } = experiment
  return (
    <Section title="Analysis and duration">
      <dl className={classes.facts}>
        {settingsInWords(analysis).map(({ field, words, how }) => (
          <Fragment key={field}>
            <dt>
              <Explained how={how}>{field}</Explained>
            </dt>
            <dd>{capital(words)}</dd>
          </Fragment>
        ))}
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
