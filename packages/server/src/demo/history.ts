import { arrivedBy } from './arrivals.ts'
import { LIFE_STEPS, type LifeStep, takeStep } from './life.ts'
import type { Scenario } from './scenario.ts'
import { MINUTE_MILLISECONDS, visit } from './visit.ts'
import type { World } from './world.ts'

const HOUR_MILLISECONDS = 60 * MINUTE_MILLISECONDS
/** Long enough that one request carries what happens in it, short enough that the days pass visibly. */
const STRETCH_MILLISECONDS = 2 * HOUR_MILLISECONDS

/** A stretch of the past, in milliseconds since 1970. */
export interface Period {
  readonly from: number
  readonly to: number
}

/** The past that is made. */
export interface History extends Period {
  /** Length that the schedules of the scenarios refer to; an interrupted history may become longer. */
  readonly plannedMilliseconds: number
}

/**
 * Makes the past, stretch by stretch: holds the clock of the engine at the end of one, and sends what
 * happened in it. Started again with the same seed and beginning it makes the same events, which the server knows by
 * their ids; so an interrupted history is completed by making it again.
 */
export async function makeHistory(
  world: World,
  history: History,
  onProgress: (share: number) => void,
): Promise<void> {
  const { clock, definitions, due, ledger, api, signal } = world
  const { from, to } = history
  const steps = lifeStepsOf(world.scenarios, history)
  for (const stretch of partsOf(history, STRETCH_MILLISECONDS)) {
    if (signal.aborted) return
    clock.hold(stretch.from)
    if (await takeStepsBy(world, steps, stretch.from)) await ledger.attempt(() => definitions.refresh())
    else await ledger.attempt(() => definitions.refreshWhenOld())
    for (const scenario of world.scenarios) arrive(world, scenario, history, stretch)
    clock.hold(stretch.to)
    await ledger.send(api, due.takeUntil(stretch.to))
    onProgress((stretch.to - from) / (to - from))
  }
  if (!signal.aborted) await takeStepsBy(world, steps, to)
}

function* partsOf({ from, to }: Period, milliseconds: number): Generator<Period> {
  for (let begin = from; begin < to; begin += milliseconds) {
    yield { from: begin, to: Math.min(begin + milliseconds, to) }
  }
}

interface TimedStep {
  readonly at: number
  readonly scenario: Scenario
  readonly step: LifeStep
}

function lifeStepsOf(scenarios: readonly Scenario[], history: History): TimedStep[] {
  const steps = scenarios.flatMap((scenario) =>
    LIFE_STEPS.flatMap((step) => {
      const at = timeOf(scenario, step, history)
      return Number.isFinite(at) ? [{ at, scenario, step }] : []
    }),
  )
  return steps.toSorted((a, b) => a.at - b.at)
}

/** When a step is to be taken; infinite when never. */
function timeOf({ schedule }: Scenario, step: LifeStep, { from, plannedMilliseconds }: History): number {
  return from + (schedule[step] ?? Number.POSITIVE_INFINITY) * plannedMilliseconds
}

/** Takes the steps that are due off the list; whether there were any. */
async function takeStepsBy({ api, ledger }: World, steps: TimedStep[], time: number): Promise<boolean> {
  const later = steps.findIndex(({ at }) => at > time)
  const ready = steps.splice(0, later < 0 ? steps.length : later)
  for (const { scenario, step } of ready) await ledger.attempt(() => takeStep(api, scenario, step))
  return ready.length > 0
}

/** The visitors of a stretch meet their variants; what they do later is due later. */
function arrive(world: World, scenario: Scenario, history: History, stretch: Period): void {
  const { definitions, due, seed } = world
  const experiment = definitions.find(scenario.experiment.key)
  // Made again, the history meets experiments that run before they were started.
  if (experiment?.definition.status !== 'running' || stretch.from < timeOf(scenario, 'start', history)) return
  for (const { from, to } of partsOf(stretch, HOUR_MILLISECONDS)) {
    const first = arrivedBy(from, history.from, scenario.unitsPerDay)
    const next = arrivedBy(to, history.from, scenario.unitsPerDay)
    for (let number = first; number < next; number++) {
      const at = from + Math.floor(((number - first + 0.5) / (next - first)) * (to - from))
      const unit = `${scenario.unitPrefix}-${seed}-h-${number}`
      const times = { at, idTime: stretch.to, haste: 1 }
      for (const event of visit(scenario, experiment, unit, seed, times)) due.add(event)
    }
  }
}
