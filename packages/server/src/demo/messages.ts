import colours from 'picocolors'
import type { Serving } from '../serving/serve.ts'
import type { ServeSettings } from '../serving/settings.ts'
import { startMessage, startReport } from '../serving/start-message.ts'
import type { DemoStatus } from './control.ts'

const { bold, dim, yellow } = colours

/** What a person at a terminal reads when the demo has started. */
export function demoMessage(serving: Serving, settings: ServeSettings, status: DemoStatus): string {
  return startMessage(serving, settings, [
    '',
    `  ${yellow('All traffic is simulated')}: no person made it, and nothing of it is real.`,
    `  ${trafficOf(status)}`,
    dim('  What is true of the visitors: docs/guide/demo.md, and GET /v1/demo.'),
    `  ${dim('To start clean, with a store of your own:')} ${bold('npm start -- --empty')}`,
  ])
}

function trafficOf({ history, scenarios, speed }: DemoStatus): string {
  const visitors =
    speed === 0
      ? 'the visitors wait (speed 0)'
      : `${formatRate(speed)} ${speed === 1 ? 'visitor arrives' : 'visitors arrive'} each second`
  const past = history.share < 1 ? `${history.days} days of history in seconds, then ` : ''
  return `${scenarios.length} experiments: ${past}${visitors}.`
}

function formatRate(rate: number): string {
  return rate.toLocaleString('en', { maximumFractionDigits: 2 })
}

/** The same for programs: the line of `helios serve`, and what is simulated. */
export function demoReport(serving: Serving, settings: ServeSettings, status: DemoStatus): string {
  const report = JSON.parse(startReport(serving, settings)) as object
  const { simulated, seed, speed, history, scenarios } = status
  return `${JSON.stringify({ ...report, demo: { simulated, seed, speed, history, scenarios } })}\n`
}
