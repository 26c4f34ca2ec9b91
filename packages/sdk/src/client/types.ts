import type { Attributes, Decision, Json } from '../wire.ts'
import type { ClientChange, ClientState } from './definitions.ts'
import type { HeliosClientError } from './errors.ts'
import type { FlushReport } from './queue.ts'
import type { ClientStorage } from './storage.ts'

export interface ClientOptions {
  /** Where Helios answers, like `https://helios.example.com`; what the client keeps belongs to this address. */
  readonly url: string
  /** Key with the scopes `decide` and `ingest`. */
  readonly key: string
  /** The browser's `localStorage` by default, and memory where there is no page. */
  readonly storage?: ClientStorage | undefined
  /**
   * Whether the server tells of changes by a stream that stays open; on by default in pages. Elsewhere it is
   * off, because an open stream keeps a process alive until `close()`.
   */
  readonly stream?: boolean | undefined
  /** How often to ask for definitions without a stream; 30,000 by default. */
  readonly pollMilliseconds?: number | undefined
  /** How long an event waits for others to be sent with; 1000 by default. */
  readonly flushMilliseconds?: number | undefined
  /** Events kept while the server is away; beyond it the oldest are dropped. 10,000 by default. */
  readonly queueLimit?: number | undefined
  /** Whether `?helios.EXPERIMENT=VARIANT` in the address of the page shows that variant; off by default. */
  readonly allowAddressOverrides?: boolean | undefined
  /** Told of everything that went wrong; `console.warn` by default. */
  readonly onError?: ((error: HeliosClientError) => void) | undefined
}

export interface DecisionOptions<Fallback> {
  /** Who is asked about: a user, a conversation, … as the experiment has it. */
  readonly unit: string
  /** Facts that audiences look at. */
  readonly attributes?: Attributes | undefined
  /** Variant to see whatever was drawn; never exposed. */
  readonly forced?: string | undefined
  /** Payload when there is no definition to decide by; `null` by default. */
  readonly fallback?: Fallback | undefined
}

/** Served when there is nothing to decide by. It is no variant, and is never exposed. */
export interface FallbackDecision<Fallback = Json> {
  readonly experiment: string
  readonly unit: string
  readonly variant: undefined
  readonly payload: Fallback
  /**
   * - `not-ready`: no definitions came yet
   * - `unknown-experiment`: the server has no such experiment that was started, or this release cannot read it
   * - `invalid-call`: the unit is not a text of 1 to 256 characters
   */
  readonly reason: 'not-ready' | 'unknown-experiment' | 'invalid-call'
  readonly tracked: false
}

export type ClientDecision<Payload = Json, Fallback = null> =
  | (Omit<Decision, 'payload'> & { readonly payload: Payload })
  | FallbackDecision<Fallback>

/** A measured value; what is left out, the client fills in. */
export interface OutcomeInput {
  readonly unit: string
  readonly metric: string
  readonly value: number
  /** Milliseconds since 1970 or ISO 8601, taken as it is; now by default, corrected by the server's clock. */
  readonly at?: number | string | undefined
  /** Your own id of what was measured, when it may be reported twice; a new UUIDv7 by default. */
  readonly id?: string | undefined
}

export interface ClientStatus {
  readonly state: ClientState
  /** Experiments that can be decided. */
  readonly definitions: number
  /** Events that wait. */
  readonly queued: number
  /** Events that were dropped because too many waited. */
  readonly dropped: number
  readonly lastError?: HeliosClientError
}

/**
 * A client of one Helios server. Nothing in it ever throws; what goes wrong is told to `onError`.
 *
 * @typeParam Experiments the payload of each experiment, like `{ 'greeting-tone': { text: string } }`
 */
export interface HeliosClient<Experiments = Readonly<Record<string, Json>>> {
  /**
   * Resolves with the first definitions: `live` from the server, `cached` from the storage when the server
   * does not answer, `offline` when there are none in time. Never rejects.
   */
  ready(timeoutMilliseconds?: number): Promise<ClientState>
  /** The variant of a unit, and why. Synchronous; counts nothing. */
  decide<Key extends keyof Experiments & string, Fallback extends Experiments[Key] | null = null>(
    experiment: Key,
    options: DecisionOptions<Fallback>,
  ): ClientDecision<Experiments[Key], Fallback>
  /** Counts a decision, at the moment its payload is used; once per experiment, variant and unit. */
  expose(decision: ClientDecision<unknown, unknown>): void
  /** `decide` and `expose` in one. */
  use<Key extends keyof Experiments & string, Fallback extends Experiments[Key] | null = null>(
    experiment: Key,
    options: DecisionOptions<Fallback>,
  ): ClientDecision<Experiments[Key], Fallback>
  /** Reports what was measured. */
  observe(outcomes: OutcomeInput | readonly OutcomeInput[]): void
  /**
   * Says that `previous` signed in as `unit`: they are one from now on, and `unit` keeps the variants that
   * `previous` met.
   */
  identify(identity: { readonly previous: string; readonly unit: string }): void
  /** A random name for this browser, kept in the storage; `renew` starts another, as after signing out. */
  anonymousUnit(options?: { readonly renew?: boolean }): string
  /** Shows a variant to everyone on this client until it is taken back with `undefined`; never exposed. */
  override(experiment: keyof Experiments & string, variant: string | undefined): void
  /** Tells of new definitions, and of a server that goes or comes back; the answer ends it. */
  onChange(listener: (change: ClientChange) => void): () => void
  status(): ClientStatus
  /** Sends what waits now, back-off or not; resolves after one try. */
  flush(): Promise<FlushReport>
  /** Sends what waits and stops. What could not be sent stays in the storage for the next client. */
  close(): Promise<FlushReport>
}
