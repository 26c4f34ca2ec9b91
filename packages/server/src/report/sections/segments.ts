import {
  formatCount,
  formatEstimate,
  formatPValue,
  isNumber,
  NOTHING,
  PERCENT,
  READING_WORDS,
  styleOfDifference,
} from '@helios/charts'
import type { Heterogeneity, Segment, SegmentAnalysis } from '@helios/sdk'
import type { Block, Cell, Section } from '../blocks.ts'
import type { Report } from '../report.ts'
import { readingOfComparison } from '../results.ts'
import { counted, type Names, pluralOf, share } from '../words.ts'
import { correctionInWords } from './methods.ts'
import { isOnlyAbsolute, ONLY_ABSOLUTE } from './only-absolute.ts'

type Dimension = SegmentAnalysis['dimensions'][number]

const MOST_SEGMENTS = 12
const MOST_TREATMENTS = 10
const TONES = { better: 'good', worse: 'bad', undecided: 'neutral' } as const

/** The primary metrics within the values of each dimension. */
export function segmentsSection(report: Report, names: Names): Section | undefined {
  const shown = report.segments.filter(
    ({ status, dimensions }) => status === 'ok' && dimensions.some(({ segments }) => segments.length > 0),
  )
  const [first] = shown
  if (first === undefined) return undefined
  const { method, comparisons } = first.correction
  return {
    id: 'segments',
    title: 'Segments',
    blocks: [
      {
        kind: 'paragraph',
        text: `Does the effect differ between kinds of ${pluralOf(report.experiment.unit)}? A segment is a smaller sample with wider intervals, and where many are looked at, some look special by chance. ${correctionInWords(method, comparisons)}`,
      },
      ...shown.flatMap((analysis) =>
        analysis.dimensions.map((each) => dimensionBlock(each, analysis, report, names)),
      ),
    ],
  }
}

function dimensionBlock(
  dimension: Dimension,
  analysis: SegmentAnalysis,
  report: Report,
  names: Names,
): Block {
  const { name, heterogeneity, segments } = dimension
  const isOnly = report.segments.length === 1
  const title = isOnly ? name : `${names.metric(analysis.metric)} by ${name}`
  const treatments = report.experiment.variants
    .map(({ key }) => key)
    .filter((key) => key !== analysis.control)
    .slice(0, MOST_TREATMENTS)
  const left = segments.length - MOST_SEGMENTS
  return {
    kind: 'group',
    title,
    blocks: [
      {
        kind: 'list',
        items: Object.entries(heterogeneity)
          .slice(0, MOST_TREATMENTS)
          .map(
            ([variant, found]) =>
              `${names.variant(variant)}: ${heterogeneityInWords(found, name, analysis.alpha)}`,
          ),
      },
      {
        kind: 'table',
        caption: `${names.metric(analysis.metric)} by ${name}`,
        columns: ['Segment', 'Variant', 'Units', 'Effect', 'p, adjusted', 'Reading'],
        rows: segments
          .slice(0, MOST_SEGMENTS)
          .flatMap((segment) => treatments.map((variant) => segmentRow(segment, variant, analysis, names))),
      },
      ...(segments.some((segment) => hasOnlyAbsolute(segment, analysis))
        ? [{ kind: 'remark', text: ONLY_ABSOLUTE } as const]
        : []),
      ...(left > 0
        ? [{ kind: 'paragraph', text: `Left out: ${counted(left, 'smaller segment')}.` } as const]
        : []),
    ],
  }
}

function hasOnlyAbsolute({ comparisons }: Segment, { direction, alpha }: SegmentAnalysis): boolean {
  return Object.values(comparisons).some((comparison) =>
    isOnlyAbsolute({ comparison, reading: readingOfComparison(comparison, direction, alpha) }),
  )
}

/** The test is one of many: a small p is a hint, and the words do not say more. */
function heterogeneityInWords(
  { pValue, inconsistency, segments }: Heterogeneity,
  dimension: string,
  alpha: number,
): string {
  if (!isNumber(pValue)) return `whether the effect differs by ${dimension} could not be judged yet.`
  const figures = `${formatPValue(pValue)} over ${counted(segments, 'segment')}, I²\u00a0${share(Math.round(inconsistency * 100) / 100)}`
  return pValue < alpha
    ? `the effect seems to differ by ${dimension} (Cochran’s Q, ${figures}).`
    : `no sign that the effect differs by ${dimension} (Cochran’s Q, ${figures}).`
}

function segmentRow(
  { value, isRest, units, comparisons }: Segment,
  variant: string,
  { metric, direction, alpha, control }: SegmentAnalysis,
  names: Names,
): Cell[] {
  const counts = new Map(Object.entries(units))
  const label = isRest ? 'All other values' : (value ?? 'Not known')
  const count = formatCount((counts.get(variant) ?? 0) + (counts.get(control) ?? 0))
  const comparison = new Map(Object.entries(comparisons)).get(variant)
  const head = [label, names.variant(variant), count]
  if (comparison?.status !== 'ok') return [...head, NOTHING, NOTHING, comparison?.message ?? 'not computed']
  const { relative, absolute, pValueAdjusted } = comparison
  const reading = readingOfComparison(comparison, direction, alpha)
  return [
    ...head,
    relative.status === 'ok'
      ? formatEstimate(relative, PERCENT)
      : formatEstimate(absolute, styleOfDifference(names.style(metric))),
    formatPValue(pValueAdjusted).replace(/^p = /, ''),
    { text: READING_WORDS[reading], tone: TONES[reading] },
  ]
}
