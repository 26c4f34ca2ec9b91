import { useDocumentTitle } from '@mantine/hooks'
import { useCallback, useState } from 'react'
import { PageTitle } from '../../parts/page-title.tsx'
import classes from './power.module.css'
import { PowerAnswer } from './power-answer.tsx'
import { EXAMPLE, type PowerDraft } from './power-draft.ts'
import { PowerFields } from './power-fields.tsx'

/** How many units, how small an effect, how much power: two of them give the third. */
export default function PowerPage() {
  useDocumentTitle('Power calculator · Helios')
  const [draft, setDraft] = useState(EXAMPLE)
  const change = useCallback((fields: Partial<PowerDraft>) => {
    setDraft((known) => ({ ...known, ...fields }))
  }, [])
  return (
    <>
      <PageTitle
        title="Power calculator"
        lead="How large an experiment must be, before it begins. The numbers below are an example: change them."
      />
      <div className={classes.columns}>
        <section className={classes.card} aria-label="Question">
          <PowerFields draft={draft} change={change} />
        </section>
        <PowerAnswer draft={draft} />
      </div>
    </>
  )
}
