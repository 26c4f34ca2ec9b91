import { formatCount } from '@helios/charts/format'
import type { ExperimentSummary } from '@helios/sdk'
import { memo, useMemo } from 'react'
import { Explained } from '../../parts/explained.tsx'
import { needsAttention, recentUnitsOf } from './list-view.ts'
import classes from './tiles.module.css'

/** What goes on now, in three numbers. */
export function Tiles({ summaries }: { readonly summaries: readonly ExperimentSummary[] }) {
  const { running, recent, attention } = useMemo(() => totalsOf(summaries), [summaries])
  return (
    <dl className={classes.tiles}>
      <Tile
        label="Running"
        value={running}
        how="Experiments that assign units now. Paused ones are not among them."
      />
      <Tile
        label="New units in 24 hours"
        value={recent}
        how="Units that met a variant for the first time, in the present hour and the 23 before it, summed over experiments: a unit in two of them counts twice."
      />
      <Tile
        label="Need attention"
        value={attention}
        tone={attention > 0 ? 'attention' : 'plain'}
        how="Running or paused experiments whose numbers would mislead, or should be read with care. Each says why."
      />
    </dl>
  )
}

function totalsOf(summaries: readonly ExperimentSummary[]) {
  return {
    running: summaries.filter(({ status }) => status === 'running').length,
    recent: summaries.reduce((sum, summary) => sum + recentUnitsOf(summary), 0),
    attention: summaries.filter(needsAttention).length,
  }
}

interface TileProps {
  readonly label: string
  readonly value: number
  readonly how: string
  readonly tone?: 'plain' | 'attention'
}

function Tile({ label, value, how, tone = 'plain' }: TileProps) {
  return (
    <div className={classes.tile} data-tone={tone}>
      <Label label={label} how={how} />
      <dd className={classes.value}>{formatCount(value)}</dd>
    </div>
  )
}

/** By itself, since it stays while the value changes. */
const Label = memo(function Label({ label, how }: Pick<TileProps, 'label' | 'how'>) {
  return (
    <dt className={classes.label}>
      <Explained how={how}>{label}</Explained>
    </dt>
  )
})
