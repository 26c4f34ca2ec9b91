import type { ReportedTreatment } from '../report.ts'

export const ONLY_ABSOLUTE =
  'The test is of the difference. A relative effect also carries what is uncertain about the control, so its interval can be wide enough to hold 0 where that of the difference does not.'

/** Whether the difference is significant while the interval of the relative effect holds 0. */
export function isOnlyAbsolute({
  comparison,
  reading,
}: Pick<ReportedTreatment, 'comparison' | 'reading'>): boolean {
  if (reading === 'undecided' || comparison.status !== 'ok' || comparison.relative.status !== 'ok')
    return false
  return comparison.relative.low < 0 && comparison.relative.high > 0
}
