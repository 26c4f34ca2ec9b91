import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { openEventStream } from '../testing/event-stream.ts'
import { type Ready, runHelios, type ServeProcess, startHelios, startServe } from '../testing/process.ts'

/** Sessions and streams of a real process: over sockets, with signals, on a store that is opened again. */

const directory = mkdtempSync(path.join(tmpdir(), 'helios-serve-'))
const running: ServeProcess[] = []
let stores = 0
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop('SIGKILL')
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const newStore = (): string => path.join(directory, `store-${stores++}.db`)
async function serve(...args: Parameters<typeof startServe>): Promise<ServeProcess> {
  const server = await startServe(...args)
  running.push(server)
  return server
}
const tokenIn = (url: string | undefined) => new URL(url ?? '').hash.slice(1)

/** Opens a link as the page behind it does; answers with the cookie. */
async function signIn({ url }: Ready, link: string): Promise<{ status: number; cookie: string }> {
  const answer = await fetch(`${url}/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ link }),
  })
  return { status: answer.status, cookie: (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '' }
}
const whoAmI = async ({ url }: Ready, cookie: string) => {
  const answer = await fetch(`${url}/v1/session`, { headers: { cookie } })
  return { status: answer.status, body: (await answer.json()) as { name?: string } }
}

describe('a session', () => {
  it('comes from the link of the start, once, and lives on after a restart', async () => {
    const store = newStore()
    const first = await serve(store)
    const { port } = new URL(first.ready.url)
    const token = tokenIn(first.ready.loginUrl)
    const { status, cookie } = await signIn(first.ready, token)
    expect([status, cookie]).toEqual([201, expect.stringMatching(`^helios_session_${port}=`)])
    expect((await signIn(first.ready, token)).status).toBe(401)
    expect((await first.stop()).code).toBe(0)

    const second = await serve(store, ['--port', port])
    expect(await whoAmI(second.ready, cookie)).toMatchObject({ status: 200, body: { name: 'owner' } })
    expect(tokenIn(second.ready.loginUrl)).toMatch(/^hll_/)
    expect(tokenIn(second.ready.loginUrl)).not.toBe(token)
  })

  it('comes from "helios login" as well', async () => {
    const { ready } = await serve(newStore())
    const env = { HELIOS_URL: ready.url, HELIOS_KEY: ready.adminKey as string }
    const shown = await runHelios(['login'], env)
    expect([shown.code, shown.stdout]).toEqual([0, expect.stringContaining(`${ready.url}/login#hll_`)])
    const printed = await runHelios(['login', '--name', 'Ada', '--json'], env)
    const link = JSON.parse(printed.stdout) as { url: string; expiresAt: number }
    const { cookie } = await signIn(ready, tokenIn(link.url))
    expect((await whoAmI(ready, cookie)).body).toMatchObject({ name: 'Ada', scopes: ['admin'] })

    const named = await runHelios(
      ['login', '--url', ready.url.replace('127.0.0.1', 'localhost'), '--json'],
      env,
    )
    expect(JSON.parse(named.stdout).url).toMatch(/^http:\/\/localhost:\d+\/login#hll_/)
    const refused = await runHelios(['login', '--key', `${env.HELIOS_KEY.slice(0, -1)}_`], env)
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('HEL_UNAUTHENTICATED')])
    expect((await runHelios(['login'], { HELIOS_URL: ready.url })).code).toBe(2)
  })
})

it('prints no link where output is collected, and logs how to get one', async () => {
  const helios = startHelios(['serve', '--path', newStore(), '--port', '0', '--log-level', 'info'])
  await expect.poll(() => helios.written.stdout, { timeout: 20_000 }).toContain('is running')
  helios.child.kill('SIGTERM')
  const { code, stdout, stderr } = await helios.finished
  expect(code).toBe(0)
  expect(stdout + stderr).not.toContain('hll_')
  expect(stderr).toContain('helios login')
})

it('stops with streams open, and tells them by ending', async () => {
  const server = await serve(newStore())
  const headers = { authorization: `Bearer ${server.ready.adminKey}` }
  const address = `${server.ready.url}/v1/stream?topics=definitions,summaries`
  const streams = await Promise.all(Array.from({ length: 30 }, () => openEventStream(address, headers)))
  for (const stream of streams) expect((await stream.next()).name).toBe('definitions')
  const deaf = connect(Number(new URL(address).port), '127.0.0.1').pause()
  // It is cut off, which is no fault of the test.
  deaf.on('error', () => {})
  await once(deaf, 'connect')
  const request = [
    'GET /v1/stream?topics=summaries HTTP/1.1',
    'Host: x',
    `Authorization: ${headers.authorization}`,
  ]
  deaf.write(`${request.join('\r\n')}\r\n\r\n`)
  const { code, stderr } = await server.stop()
  expect([code, stderr]).toEqual([0, ''])
  const rests = await Promise.all(streams.map((stream) => stream.ended()))
  for (const rest of rests) expect(rest.map(({ name }) => name)).toEqual(['summaries'])
  deaf.destroy()
})
