import { formatPercent, type MaybeNumber } from '@helios/charts/format'

/** A share that somebody chose and nobody measured: 50 %, 12.5 %, without digits that say nothing. */
export function formatShare(share: MaybeNumber): string {
  return formatPercent(share).replace(/\.0+(?!\d)|(\.\d*?[1-9])0+(?!\d)/, '$1')
}
