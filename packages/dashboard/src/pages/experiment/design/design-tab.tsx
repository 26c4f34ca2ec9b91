import type { Experiment } from '@helios/sdk'
import { EditButton } from '../edit/edit-button.tsx'
import { useCatalogue } from '../use-catalogue.ts'
import { Audience } from './audience.tsx'
import classes from './design.module.css'
import { Metrics } from './metrics.tsx'
import { Settings } from './settings.tsx'
import { Variants } from './variants.tsx'

const FIXED: Readonly<Record<Experiment['status'], string>> = {
  draft: 'A draft: nobody has met it yet, so it can still be changed.',
  running: 'It runs: variants, unit, layer and holdout are fixed, so that its results stay one thing.',
  paused: 'It is paused: variants, unit, layer and holdout are fixed, so that its results stay one thing.',
  completed: 'It is completed, and its design is kept as it was.',
  cancelled: 'It was cancelled, and its design is kept as it was.',
}

/** How the experiment was made, and a way to change what may be changed. */
export function DesignTab({ experiment }: { readonly experiment: Experiment }) {
  const catalogue = useCatalogue()
  const { status, hypothesis } = experiment
  const isEnded = status === 'completed' || status === 'cancelled'
  return (
    <>
      <div className={classes.bar}>
        <p className={classes.note}>{FIXED[status]}</p>
        {isEnded ? null : <EditButton experiment={experiment}>Edit</EditButton>}
      </div>
      {hypothesis === '' ? null : (
        <section>
          <h2 className="visually-hidden">Hypothesis</h2>
          <blockquote className={classes.hypothesis} dir="auto">
            {hypothesis}
          </blockquote>
        </section>
      )}
      <Variants experiment={experiment} />
      <Audience experiment={experiment} />
      <Metrics experiment={experiment} catalogue={catalogue} />
      <Settings experiment={experiment} />
    </>
  )
}
