import { setTimeout as delay } from 'node:timers/promises'
import { isLasting, type Scenario } from './scenario.ts'
import { visit } from './visit.ts'
import type { World } from './world.ts'

const TICK_MILLISECONDS = 250
/** A machine that slept, or was busy, does not catch up on what it missed. */
const LONGEST_TICK_MILLISECONDS = 1000
/** Outcomes that took minutes in the history take as many seconds. */
const HASTE = 60

/**
 * Visitors arrive from now on, `speed()` a second in all, until the signal stops them.
 * Speed 0 lets nothing happen at all.
 *
 * @param run number of this start of the demo, so that each brings visitors of its own
 */
export async function sendLiveTraffic(world: World, run: number, speed: () => number): Promise<void> {
  const { api, system, definitions, due, ledger, signal } = world
  const arrivals = world.scenarios
    .filter(isLasting)
    .map((scenario): Arrivals => ({ scenario, arrived: 0, owed: 0 }))
  let last = system.now()
  while (await pause(signal)) {
    const now = system.now()
    const seconds = Math.max(0, Math.min(now - last, LONGEST_TICK_MILLISECONDS)) / 1000
    last = now
    await ledger.attempt(() => definitions.refreshWhenOld())
    if (speed() === 0) continue
    owe(world, arrivals, seconds * speed())
    for (const one of arrivals) arrive(world, one, run, now)
    await ledger.send(api, due.takeUntil(now))
  }
}

/** The live visitors of one experiment: how many came, and how many should be here by now. */
interface Arrivals {
  readonly scenario: Scenario
  arrived: number
  owed: number
}

/** Waits for the next tick; false when there is none, because the traffic stops. */
async function pause(signal: AbortSignal): Promise<boolean> {
  await delay(TICK_MILLISECONDS, undefined, { signal, ref: false }).catch(() => {})
  return !signal.aborted
}

/** Shares visitors out among the experiments that have begun and have not ended. */
function owe({ definitions }: World, arrivals: readonly Arrivals[], units: number): void {
  const open = arrivals.filter(({ scenario }) => {
    const status = definitions.find(scenario.experiment.key)?.definition.status
    return status === 'running' || status === 'paused'
  })
  const unitsPerDay = open.reduce((sum, { scenario }) => sum + scenario.unitsPerDay, 0)
  for (const one of open) one.owed += (units * one.scenario.unitsPerDay) / unitsPerDay
}

function arrive({ definitions, due, seed }: World, arrivals: Arrivals, run: number, now: number): void {
  const { scenario } = arrivals
  const experiment = definitions.find(scenario.experiment.key)
  for (; arrivals.owed >= 1; arrivals.owed -= 1) {
    const unit = `${scenario.unitPrefix}-${seed}-${run}-${arrivals.arrived}`
    arrivals.arrived += 1
    // Somebody paused it: its visitors see the control, and nothing of it is recorded.
    if (experiment?.definition.status !== 'running') continue
    const times = { at: now, idTime: now, haste: HASTE }
    for (const event of visit(scenario, experiment, unit, seed, times)) due.add(event)
  }
}
