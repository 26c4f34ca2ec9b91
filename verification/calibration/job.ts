import { Random } from '../../packages/engine/src/random.ts'
import { STUDIES } from './studies.ts'
import type { Study } from './study.ts'
import type { Tally } from './tally.ts'

/** A part of a study that is done at once. What comes of it depends on this alone. */
export interface Job {
  /** Place among all studies. */
  readonly study: number
  readonly batch: number
  readonly experiments: number
  readonly seed: number
}

/** The jobs of the studies that are wanted, with a share of the experiments of a full run. */
export function jobsFor(wanted: (study: Study) => boolean, seed: number, share: number): Job[] {
  return STUDIES.flatMap((study, index) => {
    if (!wanted(study)) return []
    const experiments = Math.ceil(study.experiments * share)
    const size = Math.ceil(study.batch * share)
    return Array.from({ length: Math.ceil(experiments / size) }, (_, batch) => ({
      study: index,
      batch,
      experiments: Math.min(size, experiments - batch * size),
      seed,
    }))
  })
}

export function runJob({ study: index, batch, experiments, seed }: Job): Tally[] {
  const study = STUDIES[index]
  if (!study) throw new Error(`There is no study ${index}.`)
  return study.run(new Random(seed).split(study.name).split(batch), experiments)
}
