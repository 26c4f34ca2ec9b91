import type { Finding } from '../analysis.ts'

interface Skipped {
  readonly rowsWithoutVariant: number
  readonly rowsWithoutUnit: number
  readonly rowsWithoutUnits: number
  readonly missingRows: readonly number[]
  readonly missingUnits: readonly number[]
}

/** What was left out, in words: a silent gap would change the question that is answered. */
export function missingFindings(skipped: Skipped, metricNames: readonly string[]): Finding[] {
  const { rowsWithoutVariant, rowsWithoutUnit, rowsWithoutUnits } = skipped
  const messages: string[] = []
  if (rowsWithoutVariant > 0) messages.push(`${rows(rowsWithoutVariant)} no variant; left out.`)
  if (rowsWithoutUnit > 0) messages.push(`${rows(rowsWithoutUnit)} no unit; left out.`)
  if (rowsWithoutUnits > 0) messages.push(`${rows(rowsWithoutUnits)} no number of units; left out.`)
  for (const [i, name] of metricNames.entries()) {
    const missing = skipped.missingRows[i] as number
    if (missing === 0) continue
    const units = skipped.missingUnits[i] as number
    const without =
      units > 0 ? `, ${grouped(units)} ${units === 1 ? 'unit has' : 'units have'} none at all` : ''
    messages.push(`${rows(missing)} no value of ${name}; left out of that metric${without}.`)
  }
  return messages.map((message) => ({ code: 'rows-skipped', message }))
}

export function rowsWithoutExperiment(count: number): Finding[] {
  return count === 0 ? [] : [{ code: 'rows-skipped', message: `${rows(count)} no experiment; left out.` }]
}

function rows(count: number): string {
  return count === 1 ? '1 row has' : `${grouped(count)} rows have`
}

function grouped(count: number): string {
  return count.toLocaleString('en-US')
}
