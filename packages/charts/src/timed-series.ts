import type { CustomSeriesOption, LineSeriesOption } from 'echarts'
import type { NamedVariant } from './built-chart.ts'
import { isNumber, type MaybeNumber } from './format/index.ts'
import type { Mark } from './marks.ts'
import { extentOf, niceScale, type Scale, withinReach } from './scale.ts'

/** One value at one time, with its interval where there is one. */
export interface TimedValue {
  readonly at: number
  readonly value: MaybeNumber
  readonly low?: MaybeNumber
  readonly high?: MaybeNumber
}

/** What is drawn for one variant. */
export interface TimedSeries {
  readonly variant: NamedVariant
  readonly name: string
  readonly mark: Mark
  readonly values: readonly TimedValue[]
}

/** Bands lie upon each other; where they are many, each is fainter. */
const BAND_OPACITY = 0.16
const FAINT_BAND_OPACITY = 0.08
const FEW_BANDS = 3

/**
 * Limits for the values, their intervals and `always`. Only the last two thirds of the points count: the
 * first estimates of an experiment come from a handful of units, and their intervals would flatten all that
 * follows. What lies outside is clipped.
 */
export function fittedScale(series: readonly TimedSeries[], always: readonly number[]): Scale {
  const late = series.flatMap(({ values }) => values.slice(Math.floor(values.length / 3)))
  const extent = extentOf([...late.flatMap(numbersOf), ...always]) ?? [0, 1]
  const isOnlyAlways = late.every((value) => !numbersOf(value).some(isNumber))
  const all = isOnlyAlways
    ? extentOf([...series.flatMap((each) => each.values.flatMap(numbersOf)), ...always])
    : undefined
  const [low, high] = all ?? extent
  return niceScale(low, high, 5)
}

function numbersOf({ value, low, high }: TimedValue): MaybeNumber[] {
  return [value, low, high]
}

/** The values of one variant as a line; gaps stay gaps. */
export function lineOf({ variant, name, mark, values }: TimedSeries, scale: Scale): LineSeriesOption {
  return {
    id: `line ${variant.key}`,
    name,
    type: 'line',
    z: 3,
    silent: true,
    // Symbols of every point cost more than all the rest of the drawing; see `endsOf`.
    symbol: 'none',
    connectNulls: false,
    lineStyle: { color: mark.color, width: 2 },
    itemStyle: { color: mark.color },
    emphasis: { disabled: true },
    data: values.map(({ at, value }) => [at, isNumber(value) ? withinReach(value, scale) : '-']),
  }
}

const END_SIZE = 9
const SHAPE_SIZE = 12

/** The mark of the variant where its line ends, and where a value stands alone between gaps. */
export function endsOf({ variant, name, mark, values }: TimedSeries, scale: Scale): CustomSeriesOption {
  const last = values.findLastIndex(({ value }) => isNumber(value))
  const points = values.flatMap(({ at, value }, i) =>
    isNumber(value) && (i === last || isAlone(values, i)) ? [[at, withinReach(value, scale)]] : [],
  )
  return {
    id: `ends ${variant.key}`,
    name,
    type: 'custom',
    z: 4,
    clip: false,
    silent: true,
    tooltip: { show: false },
    itemStyle: { color: mark.color },
    encode: { x: 0, y: 1 },
    data: points,
    renderItem: (_, api) => {
      const [at, value] = [api.value(0), api.value(1)]
      const isOutside = Number(value) < scale.minimum || Number(value) > scale.maximum
      const [x = 0, y = 0] = api.coord([at, value])
      const ratio = END_SIZE / SHAPE_SIZE
      return {
        type: 'path',
        ignore: isOutside,
        x: x - END_SIZE / 2,
        y: y - END_SIZE / 2,
        scaleX: ratio,
        scaleY: ratio,
        shape: { pathData: mark.path },
        style: { fill: mark.color },
      }
    },
  }
}

/** A value between two gaps: a line would not show it. */
function isAlone(values: readonly TimedValue[], i: number): boolean {
  return isNumber(values[i]?.value) && !isNumber(values[i - 1]?.value) && !isNumber(values[i + 1]?.value)
}

/** The intervals of one variant as a band behind its line, one piece between any two gaps. */
export function bandOf(
  { variant, name, mark, values }: TimedSeries,
  scale: Scale,
  bands: number,
): CustomSeriesOption {
  const pieces = piecesOf(values)
  const opacity = bands > FEW_BANDS ? FAINT_BAND_OPACITY : BAND_OPACITY
  const style = { fill: mark.color, stroke: mark.color, opacity }
  return {
    id: `band ${variant.key}`,
    name,
    type: 'custom',
    z: 1,
    clip: true,
    silent: true,
    tooltip: { show: false },
    itemStyle: { color: mark.color },
    encode: { x: 0, y: 1 },
    data: pieces.map((piece) => [piece[0]?.at ?? 0, 0]),
    renderItem: ({ dataIndex }, api) => {
      const piece = pieces[dataIndex] ?? []
      const pointOf = (at: number, value: number) => api.coord([at, withinReach(value, scale)])
      const upper = piece.map(({ at, high }) => pointOf(at, high))
      const lower = piece.map(({ at, low }) => pointOf(at, low)).reverse()
      // A single interval has no area; the stroke shows it as a line.
      const lineWidth = piece.length === 1 ? 6 : 0
      return { type: 'polygon', shape: { points: [...upper, ...lower] }, style: { ...style, lineWidth } }
    },
  }
}

interface Interval {
  readonly at: number
  readonly low: number
  readonly high: number
}

/** Runs of points with an interval. */
function piecesOf(values: readonly TimedValue[]): readonly (readonly Interval[])[] {
  const pieces: Interval[][] = []
  let open: Interval[] | undefined
  for (const { at, value, low, high } of values) {
    if (!isNumber(value) || !isNumber(low) || !isNumber(high)) {
      open = undefined
      continue
    }
    if (open === undefined) {
      open = []
      pieces.push(open)
    }
    open.push({ at, low, high })
  }
  return pieces
}
