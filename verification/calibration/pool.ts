import { Worker } from 'node:worker_threads'
import { type Job, runJob } from './job.ts'
import type { Tally } from './tally.ts'

/** Does all jobs, in so many threads beside this one; 0 does them here. Results are in the order of the jobs. */
export async function runJobs(
  jobs: readonly Job[],
  threads: number,
  onDone: (job: Job) => void,
): Promise<Tally[][]> {
  const results: Tally[][] = []
  let next = 0
  const take = () => (next < jobs.length ? next++ : undefined)
  const finish = (index: number, tallies: Tally[]) => {
    results[index] = tallies
    onDone(jobs[index] as Job)
  }
  if (threads === 0) {
    for (const [index, job] of jobs.entries()) finish(index, runJob(job))
    return results
  }
  await Promise.all(Array.from({ length: Math.min(threads, jobs.length) }, () => employ(jobs, take, finish)))
  return results
}

/** One thread, which takes jobs as long as there are some. */
function employ(
  jobs: readonly Job[],
  take: () => number | undefined,
  finish: (index: number, tallies: Tally[]) => void,
): Promise<void> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url))
  const done = new Promise<void>((resolve, reject) => {
    let current = take()
    const goOn = () => {
      if (current === undefined) resolve()
      else worker.postMessage(jobs[current])
    }
    worker.on('error', reject)
    worker.on('message', (tallies: Tally[]) => {
      if (current !== undefined) finish(current, tallies)
      current = take()
      goOn()
    })
    goOn()
  })
  return done.finally(() => worker.terminate())
}
