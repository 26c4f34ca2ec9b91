import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { SECTION_KEYS, type SectionKey } from './section-key.ts'

export const DEFAULT_SEED = 20_250_101

/** Share of the experiments in a quick run. */
const QUICK = 0.05

export const USAGE = `Measures how often the statistics of Helios err, on simulated experiments whose truth is known.

  npm run calibrate -- [--quick] [--only SECTION] [--seed NUMBER] [--threads NUMBER] [--json]

  --quick     a twentieth of the experiments: rough numbers in less than a minute
  --only      one section, or several: ${SECTION_KEYS.join(', ')}
  --seed      another seed; ${DEFAULT_SEED} unless given. The same seed gives the same table on any number of threads
  --threads   how many to use; as many as there are processors unless given
  --json      rows as JSON instead of tables

A full run with the usual seed writes docs/reference/calibration.md. Exits with 1 when a row is not as it must be, and
with 2 when it does not understand what is asked.

Example: npm run calibrate -- --quick --only peeking`

export interface Options {
  readonly seed: number
  readonly sections: readonly SectionKey[]
  /** Share of the experiments of a full run. */
  readonly share: number
  readonly threads: number
  readonly json: boolean
  readonly help: boolean
}

/** @returns the options, or in words what is wrong with them */
export function optionsFrom(given: readonly string[]): Options | string {
  try {
    const { values } = parseArgs({
      args: [...given],
      options: {
        quick: { type: 'boolean', default: false },
        only: { type: 'string', multiple: true },
        seed: { type: 'string' },
        threads: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    const sections = values.only?.flatMap((names) => names.split(',')) ?? SECTION_KEYS
    const unknown = sections.find((name) => !isSection(name))
    if (unknown !== undefined) return `There is no section ${unknown}. Sections: ${SECTION_KEYS.join(', ')}.`
    const seed = wholeNumber(values.seed, DEFAULT_SEED)
    if (seed === undefined) return `The seed must be a whole number below 2^31, not ${values.seed}.`
    const threads = wholeNumber(values.threads, availableParallelism())
    if (threads === undefined || threads > 256)
      return `The number of threads must be between 0 and 256, not ${values.threads}.`
    const { json, help } = values
    return {
      seed,
      sections: sections.filter(isSection),
      share: values.quick ? QUICK : 1,
      threads,
      json,
      help,
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function isSection(name: string): name is SectionKey {
  return (SECTION_KEYS as readonly string[]).includes(name)
}

function wholeNumber(text: string | undefined, otherwise: number): number | undefined {
  if (text === undefined) return otherwise
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN
  return number < 2 ** 31 ? number : undefined
}
