/** Events of a provider, as OpenFeature's clients listen to them. */
export type ProviderEvent =
  | 'PROVIDER_READY'
  | 'PROVIDER_ERROR'
  | 'PROVIDER_STALE'
  | 'PROVIDER_CONFIGURATION_CHANGED'

export interface ProviderEventDetails {
  readonly [detail: string]: unknown
  readonly providerName: string
  readonly message?: string
}

export type ProviderHandler = (details?: ProviderEventDetails) => unknown

export interface ProviderEvents {
  emit(event: string, details?: object): void
  addHandler(event: string, handler: ProviderHandler): void
  removeHandler(event: string, handler: ProviderHandler): void
  removeAllHandlers(event?: string): void
  getHandlers(event: string): ProviderHandler[]
  setLogger(logger: object): ProviderEvents
}

export function createProviderEvents(): ProviderEvents {
  const handlers = new Map<string, Set<ProviderHandler>>()
  const of = (event: string): ProviderHandler[] => [...(handlers.get(event) ?? [])]
  const events: ProviderEvents = {
    emit: (event, details) => {
      for (const handler of of(event)) handler(details as ProviderEventDetails)
    },
    addHandler: (event, handler) => void handlers.set(event, new Set([...of(event), handler])),
    removeHandler: (event, handler) => void handlers.get(event)?.delete(handler),
    removeAllHandlers: (event) => {
      if (event === undefined) handlers.clear()
      else handlers.delete(event)
    },
    getHandlers: of,
    // Nothing here is worth a log; what goes wrong is told to `onError` of the client.
    setLogger: () => events,
  }
  return events
}
