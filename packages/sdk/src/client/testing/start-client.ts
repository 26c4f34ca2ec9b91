import * as background from '../background.ts'
import { createClient } from '../client.ts'
import type { HeliosClientError } from '../errors.ts'
import type { loadBackground } from '../load-background.ts'
import type { ClientOptions, HeliosClient } from '../types.ts'
import {
  type FakeOptions,
  type FakePlatform,
  fakePlatform,
  START,
  settle,
  type Time,
} from './fake-platform.ts'
import { definitionOf, type FakeServer, fakeServer } from './fake-server.ts'

export interface Started {
  readonly client: HeliosClient
  readonly platform: FakePlatform
  readonly server: FakeServer
  readonly time: Time
  /** Codes of all errors, in their order. */
  readonly errors: HeliosClientError[]
  readonly codes: () => string[]
}

export interface StartOptions extends Omit<FakeOptions, 'fetch'> {
  readonly server?: FakeServer
  readonly time?: Time
  readonly client?: Partial<ClientOptions>
  /** Loads what is not needed at once; by default it is there already, so that no test waits for files. */
  readonly load?: typeof loadBackground
}

export const URL_OF_TESTS = 'http://helios.test'

/** A client on a fake platform, talking to a fake server with one running experiment. */
export async function startClient(options: StartOptions = {}): Promise<Started> {
  const { time = { now: START }, client: clientOptions } = options
  const server = options.server ?? fakeServer(time)
  if (!options.server) server.definitions = [definitionOf()]
  const platform = fakePlatform({ ...options, fetch: server.fetch }, time)
  const errors: HeliosClientError[] = []
  const onError = (error: HeliosClientError): void => void errors.push(error)
  const given = { url: URL_OF_TESTS, key: 'hel_test', onError, ...clientOptions }
  const client = createClient(given, platform, options.load ?? (async () => background))
  await settle()
  return { client, platform, server, time, errors, codes: () => errors.map(({ code }) => code) }
}
