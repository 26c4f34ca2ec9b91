import type { ClientChange, HeliosClient } from '../client/index.ts'
import { createProviderEvents, type ProviderEvents } from './events.ts'
import { resolve, unitOf } from './resolve.ts'
import { type Context, type Resolution, ResolutionError } from './types.ts'

export interface ProviderOptions {
  /** How long `initialize` waits for definitions; 3000 by default. */
  readonly timeoutMilliseconds?: number
}

/** What both providers are: the life of a client, told in OpenFeature's events. */
abstract class Provider {
  readonly metadata = { name: 'helios' } as const
  readonly events: ProviderEvents = createProviderEvents()
  protected readonly client: HeliosClient
  readonly #timeoutMilliseconds: number | undefined
  #stopListening = (): void => {}

  /** @param client belongs to the provider from here on: it is closed with it */
  constructor(client: HeliosClient, { timeoutMilliseconds }: ProviderOptions = {}) {
    this.client = client
    this.#timeoutMilliseconds = timeoutMilliseconds
  }

  /** Rejects when there are no definitions in time; PROVIDER_READY follows once they come. */
  async initialize(): Promise<void> {
    this.#stopListening()
    const state = await this.client.ready(this.#timeoutMilliseconds)
    this.#stopListening = this.client.onChange((change) => this.#tell(change))
    if (state !== 'offline') return
    throw new ResolutionError('PROVIDER_NOT_READY', 'Helios sent no definitions in time; it is tried again.')
  }

  async onClose(): Promise<void> {
    this.#stopListening()
    await this.client.close()
  }

  /** An outcome: the name is that of a metric, and without a value it counts 1. */
  track(metric: string, context: Context, { value = 1 }: { readonly value?: number } = {}): void {
    this.client.observe({ unit: unitOf(context), metric, value })
  }

  #tell(change: ClientChange): void {
    const { state, lastError } = this.client.status()
    const isRefused = state !== 'live' && lastError?.code === 'key-refused'
    const standing = state === 'live' ? 'PROVIDER_READY' : isRefused ? 'PROVIDER_ERROR' : 'PROVIDER_STALE'
    const details = state === 'live' || !lastError ? {} : { message: lastError.message }
    if (change === 'definitions') this.events.emit('PROVIDER_CONFIGURATION_CHANGED')
    else this.events.emit(standing, details)
  }
}

/**
 * For `@openfeature/server-sdk`. A flag is an experiment, its value the payload of the variant, the targeting
 * key the unit; evaluating it counts as the exposure.
 *
 * @example await OpenFeature.setProviderAndWait(new HeliosProvider(createClient({ url, key })))
 */
export class HeliosProvider extends Provider {
  readonly runsOn = 'server'

  async resolveBooleanEvaluation(flag: string, _: boolean, context: Context): Promise<Resolution<boolean>> {
    return resolve(this.client, flag, 'boolean', context)
  }

  async resolveStringEvaluation(flag: string, _: string, context: Context): Promise<Resolution<string>> {
    return resolve(this.client, flag, 'string', context)
  }

  async resolveNumberEvaluation(flag: string, _: number, context: Context): Promise<Resolution<number>> {
    return resolve(this.client, flag, 'number', context)
  }

  async resolveObjectEvaluation<Value>(flag: string, _: Value, context: Context): Promise<Resolution<Value>> {
    return resolve(this.client, flag, 'object', context)
  }
}

/** For `@openfeature/web-sdk`, which evaluates without waiting; otherwise the same as `HeliosProvider`. */
export class HeliosWebProvider extends Provider {
  readonly runsOn = 'client'

  resolveBooleanEvaluation(flag: string, _: boolean, context: Context): Resolution<boolean> {
    return resolve(this.client, flag, 'boolean', context)
  }

  resolveStringEvaluation(flag: string, _: string, context: Context): Resolution<string> {
    return resolve(this.client, flag, 'string', context)
  }

  resolveNumberEvaluation(flag: string, _: number, context: Context): Resolution<number> {
    return resolve(this.client, flag, 'number', context)
  }

  resolveObjectEvaluation<Value>(flag: string, _: Value, context: Context): Resolution<Value> {
    return resolve(this.client, flag, 'object', context)
  }
}
