import type { Experiment } from '@helios/sdk'
import { Skeleton } from '@mantine/core'
import { IconUsersGroup } from '@tabler/icons-react'
import { useSegments } from '../../../api/queries.ts'
import { Empty, Failure } from '../../../parts/states.tsx'
import { EditButton } from '../edit/edit-button.tsx'
import { useMetricChoice } from '../metric-select.tsx'
import { NotStarted } from '../results/not-started.tsx'
import { Refusal } from '../results/refusal.tsx'
import { useCatalogue } from '../use-catalogue.ts'
import { useChoice } from '../use-choice.ts'
import { pluralOf } from '../words.ts'
import { Dimension } from './dimension.tsx'
import { SegmentChoices } from './segment-choices.tsx'

interface Props {
  readonly experiment: Experiment
}

/** Whether the effect differs between groups of units. */
export function SegmentsTab({ experiment }: Props) {
  const [metric] = useMetricChoice(experiment)
  if (experiment.dimensions.length === 0) return <NoDimensions experiment={experiment} />
  if (experiment.status === 'draft') return <NotStarted experiment={experiment} />
  if (metric === undefined) {
    return (
      <Empty
        icon={IconUsersGroup}
        title="No metric to look at"
        action={<EditButton experiment={experiment}>Choose metrics</EditButton>}
      >
        Segments compare a metric between groups of {pluralOf(experiment.unit)}; this experiment has none yet.
      </Empty>
    )
  }
  return <Segments experiment={experiment} metric={metric} />
}

function NoDimensions({ experiment }: Props) {
  const { unit, status } = experiment
  const isEnded = status === 'completed' || status === 'cancelled'
  return (
    <Empty
      icon={IconUsersGroup}
      title="No dimensions declared"
      action={
        isEnded ? undefined : (
          <EditButton experiment={experiment} focus="dimensions">
            Declare dimensions
          </EditButton>
        )
      }
    >
      A dimension is an attribute of the {unit} that your service gives with each decision, such as country,
      device or language. Declare up to five, and the effect is shown for each of their values.
      {isEnded
        ? ' This experiment has ended, so none can be added.'
        : ' They count for exposures from then on.'}
    </Empty>
  )
}

function Segments({ experiment, metric }: Props & { readonly metric: string }) {
  const catalogue = useCatalogue()
  const [anyway, setAnyway] = useChoice('anyway', ['no', 'yes'])
  const isShownAnyway = anyway === 'yes'
  const segments = useSegments(experiment.key, metric, { evenIfMisleading: isShownAnyway })
  const { data } = segments
  return (
    <>
      <SegmentChoices experiment={experiment} catalogue={catalogue} metric={metric} analysis={data} />
      {data === undefined ? (
        segments.isError ? (
          <Failure error={segments.error} onRetry={() => void segments.refetch()} />
        ) : (
          <Skeleton height={320} radius="lg" />
        )
      ) : null}
      {data?.status === 'refused' ? (
        <Refusal
          refusals={data.refusals}
          isShownAnyway={isShownAnyway}
          onShowAnyway={(isShown) => setAnyway(isShown ? 'yes' : 'no')}
        />
      ) : null}
      {data?.dimensions.map((dimension) => (
        <Dimension
          key={dimension.name}
          dimension={dimension}
          analysis={data}
          experiment={experiment}
          catalogue={catalogue}
        />
      ))}
    </>
  )
}
