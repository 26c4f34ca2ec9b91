import { type Job, jobsFor } from './job.ts'
import { runJobs } from './pool.ts'
import type { Row } from './row.ts'
import type { SectionKey } from './section-key.ts'
import { STUDIES } from './studies.ts'
import type { Study } from './study.ts'
import { emptyTally, mergedTally } from './tally.ts'
import { judged } from './verdict.ts'

export interface CalibrationRun {
  readonly seed: number
  readonly sections: readonly SectionKey[]
  /** Share of the experiments of a full run. */
  readonly share: number
  /** Threads beside this one; 0 does everything here. The rows do not depend on it. */
  readonly threads: number
  /** Narrows the studies of the sections. */
  readonly wanted?: (study: Study) => boolean
  readonly onProgress?: (done: number, of: number, job: Job) => void
}

/** Measures all that is wanted, and judges it. */
export async function calibrate(run: CalibrationRun): Promise<Row[]> {
  const { seed, sections, share, threads, wanted = () => true, onProgress } = run
  const inSections = ({ questions }: Study) => questions.some(({ section }) => sections.includes(section))
  const jobs = jobsFor((study) => inSections(study) && wanted(study), seed, share)
  let done = 0
  const results = await runJobs(jobs, threads, (job) => onProgress?.(++done, jobs.length, job))
  const byStudy = Map.groupBy(jobs.entries(), ([, { study }]) => study)
  return [...byStudy].flatMap(([index, entries]) => {
    const study = STUDIES[index] as Study
    const tallies = study.questions.map((_, question) =>
      entries.reduce(
        (sum, [job]) => mergedTally(sum, results[job]?.[question] ?? emptyTally()),
        emptyTally(),
      ),
    )
    const measurements = study.conclude(tallies)
    return study.questions.flatMap((question, i) => {
      const measurement = measurements[i]
      return measurement ? [judged(question, measurement)] : []
    })
  })
}
