import { checkGolden, checkGoldenByMetric, type FamilyResult } from './check-golden.ts'
import { CONVENTIONS } from './conventions.ts'
import { DEVIATIONS } from './deviations.ts'
import { examples } from './examples.ts'
import type { Golden } from './golden.ts'

/** Parts of `docs/reference/compared-with-gbstats.md` that are made from code, by the name of their marker. */
export type PageParts = Readonly<Record<string, string>>

const METRICS: Readonly<Record<string, string>> = {
  mean: 'mean',
  proportion: 'proportion',
  ratio: 'ratio of totals',
  cuped_mean: 'mean, adjusted',
  cuped_proportion: 'proportion, adjusted',
  cuped_ratio: 'ratio, adjusted',
  quantile: 'quantile',
}

/** What needs no file of theirs. */
export function fixedParts(): PageParts {
  return {
    deviations: table(
      ['deviation', 'kind', 'why'],
      Object.entries(DEVIATIONS).map(([name, { kind, reason }]) => [name, kind, reason]),
    ),
    conventions: table(
      ['', 'gbstats', 'Helios'],
      CONVENTIONS.map(({ what, theirs, ours }) => [what, theirs, ours]),
    ),
    examples: examples()
      .map(({ title, given, theirs, ours, why }) =>
        [
          `### ${title}`,
          `${given}.`,
          table(
            ['', ''],
            [
              ['gbstats', theirs],
              ['Helios', ours],
            ],
          ),
          why,
        ].join('\n\n'),
      )
      .join('\n\n'),
  }
}

/** What came of the comparison. */
export function countedParts(golden: Golden): PageParts {
  const families = checkGolden(golden)
  return {
    families: counts('family', [...families, totalOf(families)]),
    metrics: counts(
      'metric',
      checkGoldenByMetric(golden).map((result) => ({ ...result, name: METRICS[result.name] ?? result.name })),
    ),
  }
}

/** The page with its parts renewed; a part without a place in it is an error. */
export function withParts(page: string, parts: PageParts): string {
  let renewed = page
  for (const [name, content] of Object.entries(parts)) {
    const [start, end] = [`<!-- ${name} -->\n`, `\n<!-- /${name} -->`]
    const [from, to] = [renewed.indexOf(start), renewed.indexOf(end)]
    if (from < 0 || to < 0) throw new Error(`The page has no place for "${name}".`)
    renewed = renewed.slice(0, from + start.length) + content + renewed.slice(to)
  }
  return renewed
}

function totalOf(results: readonly FamilyResult[]): FamilyResult {
  const sum = (field: 'cases' | 'equal' | 'otherMethod' | 'theyErr' | 'failures') =>
    results.reduce((total, result) => total + result[field], 0)
  return {
    name: '**all**',
    cases: sum('cases'),
    equal: sum('equal'),
    otherMethod: sum('otherMethod'),
    theyErr: sum('theyErr'),
    failures: sum('failures'),
    worstError: Math.max(...results.map(({ worstError }) => worstError)),
    deviations: {},
    problems: [],
  }
}

function counts(heading: string, results: readonly FamilyResult[]): string {
  return table(
    [heading, 'cases', 'equal', 'other method', 'they err', 'wrong', 'which'],
    results.map(({ name, cases, equal, otherMethod, theyErr, failures, deviations }) => [
      name,
      ...[cases, equal, otherMethod, theyErr, failures].map(String),
      deviationsInWords(deviations),
    ]),
  )
}

/** "64 equal, 34 they err (34 rounded p-value)", without what there is none of. */
export function inWords({
  equal,
  otherMethod,
  theyErr,
  deviations,
}: Pick<FamilyResult, 'equal' | 'otherMethod' | 'theyErr' | 'deviations'>): string {
  const counted = [`${equal} equal`]
  if (otherMethod > 0) counted.push(`${otherMethod} by another method`)
  if (theyErr > 0) counted.push(`${theyErr} where they err`)
  const reasons = deviationsInWords(deviations)
  return counted.join(', ') + (reasons === '' ? '' : ` (${reasons})`)
}

function deviationsInWords(deviations: FamilyResult['deviations']): string {
  return Object.entries(deviations)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ')
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(headings), line(headings.map(() => '---')), ...rows.map(line)].join('\n')
}
