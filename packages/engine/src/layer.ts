import { POINTS } from '@helios/sdk'
import { HeliosError } from './errors.ts'
import type { Experiment } from './experiment.ts'
import { isEnded } from './life-cycle.ts'

interface Range {
  readonly from: number
  readonly to: number
}

/**
 * Points of its layer that an experiment gets when it starts: the first free ones, so that experiments of
 * one layer never share a unit. They become free again when it ends.
 * Throws HEL_LAYER_FULL, HEL_LAYER_UNIT_MISMATCH.
 */
export function takeLayerRanges(experiment: Experiment, all: readonly Experiment[]): Range[] {
  const { layer } = experiment
  if (!layer) return []
  const neighbours = all.filter(
    (other) => other.key !== experiment.key && other.layer?.key === layer.key && isHolding(other),
  )
  const mismatch = neighbours.find((other) => other.unit !== experiment.unit)
  if (mismatch) {
    throw new HeliosError('HEL_LAYER_UNIT_MISMATCH', {
      layer: layer.key,
      expected: mismatch.unit,
      unit: experiment.unit,
    })
  }
  const free = gapsBetween(neighbours.flatMap((other) => other.layerRanges))
  const available = free.reduce((total, { from, to }) => total + to - from, 0)
  // Rounded down, so that shares that add up to one always fit.
  const wanted = Math.floor(layer.share * POINTS)
  if (wanted > available) {
    throw new HeliosError('HEL_LAYER_FULL', {
      layer: layer.key,
      free: percent(available / POINTS),
      share: percent(layer.share),
    })
  }
  return takeFrom(free, wanted)
}

function isHolding({ status }: Experiment): boolean {
  return status !== 'draft' && !isEnded(status)
}

function gapsBetween(ranges: readonly Range[]): Range[] {
  const gaps: Range[] = []
  let from = 0
  for (const range of ranges.toSorted((a, b) => a.from - b.from)) {
    if (range.from > from) gaps.push({ from, to: range.from })
    from = range.to
  }
  if (from < POINTS) gaps.push({ from, to: POINTS })
  return gaps
}

function takeFrom(free: readonly Range[], wanted: number): Range[] {
  const taken: Range[] = []
  let missing = wanted
  for (const { from, to } of free) {
    if (missing === 0) break
    const width = Math.min(missing, to - from)
    taken.push({ from, to: from + width })
    missing -= width
  }
  return taken
}

function percent(share: number): string {
  return `${+(share * 100).toFixed(2)} %`
}
