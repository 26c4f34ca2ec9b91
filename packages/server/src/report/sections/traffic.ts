import { exposuresPerHour, formatCount } from '@helios/charts'
import type { Section } from '../blocks.ts'
import type { Report } from '../report.ts'
import { counted, type Names, pluralOf } from '../words.ts'

/** How units came in. */
export function trafficSection(report: Report, names: Names): Section | undefined {
  const { traffic, experiment, generatedAt, units } = report
  const { variants, control, unit, endedAt } = experiment
  const [first] = traffic.days
  if (first === undefined) return undefined
  const days = traffic.days.length
  const perDay =
    traffic.days.flatMap((day) => Object.values(day.units)).reduce((sum, count) => sum + count, 0) / days
  const daily = { hours: traffic.days, units: traffic.units }
  return {
    id: 'traffic',
    title: 'Traffic',
    blocks: [
      {
        kind: 'paragraph',
        text: `${counted(units, unit)} in all; about ${formatCount(perDay)} new ${pluralOf(unit)} a day over the ${counted(days, 'day')} shown, the first and the last of which may be parts of days.`,
      },
      {
        kind: 'chart',
        id: 'chart-traffic',
        title: `New ${pluralOf(unit)} per day`,
        draw: (theme) =>
          exposuresPerHour({
            traffic: daily,
            variants,
            control,
            theme,
            now: endedAt ?? generatedAt,
            hoursPerBar: 24,
          }),
        courses: variants.slice(0, 6).map(({ key }) => {
          const values = traffic.days.map((day) => new Map(Object.entries(day.units)).get(key) ?? 0)
          return { name: names.variant(key), values, now: formatCount(values.at(-1)) }
        }),
      },
    ],
  }
}
