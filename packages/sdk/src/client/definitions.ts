/** The definitions as the server last gave them, made ready for decisions. */
import { type CompiledExperiment, compileExperiment } from '../evaluate.ts'
import type { ExperimentDefinition } from '../wire.ts'
import type { Report } from './errors.ts'
import type { ClientStorage } from './storage.ts'
import type { Answer, Transport } from './transport.ts'

/**
 * - `live`: the server confirmed the definitions when it was last asked
 * - `cached`: they are from an earlier time, and the server has not (or no longer) confirmed them
 * - `offline`: there are none
 */
export type ClientState = 'live' | 'cached' | 'offline'
/** What changed: the definitions themselves, or how we stand to the server. */
export type ClientChange = 'definitions' | 'state'

export interface Definitions {
  find(key: string): CompiledExperiment | undefined
  count(): number
  state(): ClientState
  etag(): string | undefined
  /** Resolves when the server was asked, and there is something to decide by. */
  readonly ready: Promise<void>
  /** Asks the server; the answer is undefined when it confirmed, else the milliseconds to wait at least. */
  refresh(): Promise<number | undefined>
  /** The answer to the last question. */
  latest(): Promise<number | undefined>
}

const KEY = 'definitions'

export function createDefinitions(
  storage: ClientStorage,
  transport: Transport,
  report: Report,
  onChange: (change: ClientChange) => void,
): Definitions {
  const ask = transport.channel('/v1/definitions')
  const warned = new Set<string>()
  let experiments = new Map<string, CompiledExperiment>()
  let state: ClientState = 'offline'
  let etag: string | undefined
  let asking: Promise<number | undefined> = Promise.resolve(undefined)
  let settle: () => void
  const ready = new Promise<void>((resolve) => {
    settle = resolve
  })

  /** Throws when the text is not an answer of Helios; then everything stays. */
  function take(text: string): void {
    const { definitions } = JSON.parse(text) as { definitions: readonly ExperimentDefinition[] }
    experiments = new Map(definitions.flatMap(compile))
  }

  /** An entry; none for what a newer server made, or what was damaged, which does not take the others along. */
  function compile(definition: ExperimentDefinition): [string, CompiledExperiment][] {
    try {
      return [[definition.key, compileExperiment(definition)]]
    } catch (cause) {
      const { key, version } = { ...definition }
      const name = `${key} (version ${version})`
      const message = `Experiment ${name} cannot be read by this release; its fallback is served`
      if (!warned.has(name)) report('definition-invalid', message, { cause })
      warned.add(name)
      return []
    }
  }

  function restore(): void {
    const stored = storage.get(KEY)
    if (!stored) return
    const end = stored.indexOf('\n')
    try {
      take(stored.slice(end + 1))
      etag = stored.slice(0, end)
      state = 'cached'
    } catch {
      // Damaged; the next answer replaces it.
    }
  }

  function become(next: ClientState): void {
    const isNew = next !== state
    state = next
    settle()
    if (isNew) onChange('state')
  }

  function accept({ status, text, etag: tag }: Answer): { readonly isNew: boolean } | undefined {
    if (status === 304) return { isNew: false }
    if (status !== 200) return undefined
    take(text)
    etag = tag ?? undefined
    if (tag) storage.set(KEY, `${tag}\n${text}`)
    return { isNew: true }
  }

  async function refresh(): Promise<number | undefined> {
    const result = await ask({ headers: etag === undefined ? {} : { 'if-none-match': etag } }, accept)
    if (typeof result === 'number') {
      if (state !== 'offline') become('cached')
      return result
    }
    become('live')
    if (result.isNew) onChange('definitions')
    return undefined
  }

  restore()
  return {
    find: (key) => experiments.get(key),
    count: () => experiments.size,
    state: () => state,
    etag: () => etag,
    ready,
    refresh: () => {
      // One after the other: an older answer must not come after a newer one.
      asking = asking.then(refresh)
      return asking
    },
    latest: () => asking,
  }
}
