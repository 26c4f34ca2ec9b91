import { type BuiltChart, effectOverTime, formatEstimate, PERCENT, styleOfDifference } from '@helios/charts'
import type { InferenceMethod, MetricHistory } from '@helios/sdk'
import type { Block, Chart, Course, Section } from '../blocks.ts'
import type { Report } from '../report.ts'
import type { Names } from '../words.ts'

const BANDS: Readonly<Record<InferenceMethod, string>> = {
  'always-valid':
    'The bands are confidence sequences: they hold at all times together, however often they are looked at.',
  'mixture-sprt':
    'The bands are those of the mixture sequential test: they hold at all times together, however often they are looked at.',
  'group-sequential':
    'The bands are as wide as the planned looks ask for; between looks they show the course, and decide nothing.',
  'fixed-horizon':
    'The bands are those of a test that is read once. Looked at again and again, some band will leave zero sooner or later even where there is no effect: decide by the last one, at the planned end.',
}
const MOST_COURSES = 6
const MOST_TABLE_ROWS = 40

/** How the estimates came to be what they are. */
export function effectOverTimeSection(report: Report, names: Names): Section | undefined {
  const shown = report.effectOverTime.filter(({ points }) => points.length > 1)
  if (shown.length === 0) return undefined
  return {
    id: 'over-time',
    title: 'Effect over time',
    blocks: [
      { kind: 'paragraph', text: BANDS[report.computation.method] },
      ...shown.map((history, i): Block => chartOf(history, i, report, names)),
    ],
  }
}

function chartOf(history: MetricHistory, i: number, { experiment }: Report, names: Names): Chart {
  const scale = scaleOf(history)
  const style = names.style(history.metric)
  const { variants } = experiment
  return {
    kind: 'chart',
    id: `chart-course-${i}`,
    title: names.metric(history.metric),
    draw: (theme) => withFewerRows(effectOverTime({ history, variants, scale, theme, style })),
    courses: coursesOf(history, scale, names),
  }
}

/** Relative where the last point has relative effects. */
function scaleOf({ points }: MetricHistory): 'relative' | 'absolute' {
  const effects = Object.values(points.at(-1)?.effects ?? {})
  return effects.some((effect) => effect?.relative) ? 'relative' : 'absolute'
}

/** The table beside the picture has a row in every so many, and always the last. */
function withFewerRows(chart: BuiltChart): BuiltChart {
  const { columns, rows } = chart.table
  const every = Math.ceil(rows.length / MOST_TABLE_ROWS)
  const kept = rows.filter((_, i) => (rows.length - 1 - i) % every === 0)
  return { ...chart, table: { columns, rows: kept } }
}

function coursesOf(
  { points, control, metric }: MetricHistory,
  scale: 'relative' | 'absolute',
  names: Names,
): Course[] {
  const last = points.at(-1)
  if (last === undefined) return []
  const style = scale === 'relative' ? PERCENT : styleOfDifference(names.style(metric))
  return Object.entries(last.effects)
    .filter(([variant]) => variant !== control)
    .slice(0, MOST_COURSES)
    .map(([variant, effect]) => {
      const interval = effect?.[scale]
      const values = points.map(
        ({ effects }) => new Map(Object.entries(effects)).get(variant)?.[scale]?.estimate ?? null,
      )
      return {
        name: names.variant(variant),
        values,
        now: interval ? formatEstimate(interval, style) : 'not known yet',
      }
    })
}
