import { execFileSync, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sqliteStorage } from '@helios/engine'
import { uuidv7 } from '@helios/sdk'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { firstCalls } from '../packages/server/src/first-calls.ts'
import {
  type Ready,
  runHelios,
  type ServeProcess,
  startHelios,
  startServe,
} from '../packages/server/src/testing/process.ts'

/** The server as it is used: a process with a store file, spoken to over a socket. */

const directory = mkdtempSync(path.join(tmpdir(), 'helios-http-'))
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

async function call(
  { url }: Ready,
  secret: string,
  method: string,
  route: string,
  body?: unknown,
): Promise<{ status: number; body: never }> {
  const answer = await fetch(url + route, {
    method,
    headers: {
      authorization: `Bearer ${secret}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: (await answer.json()) as never }
}

const outcome = (unit: string) => ({ id: uuidv7(), unit, metric: 'clicks', value: 1 })

describe('the first start of a store', () => {
  it('makes an admin key, shows it once, and never again', async () => {
    const store = newStore()
    const first = await serve(store)
    const key = first.ready.adminKey ?? ''
    expect((await call(first.ready, key, 'GET', '/v1/keys')).body).toMatchObject({
      keys: [{ scopes: ['admin'] }],
    })
    expect((await first.stop()).code).toBe(0)
    const second = await serve(store)
    expect(second.ready).not.toHaveProperty('adminKey')
    expect((await call(second.ready, key, 'GET', '/v1/overview')).status).toBe(200)
  })

  it('puts the key into a file of the owner where output may be collected, and logs nothing of it', async () => {
    const store = newStore()
    const port = await freePort()
    const helios = startHelios(['serve', '--path', store, '--port', String(port), '--log-level', 'trace'])
    await untilReady(`http://127.0.0.1:${port}`)
    const file = `${store}.admin-key`
    const secret = readFileSync(file, 'utf8').trim()
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const ready = { url: `http://127.0.0.1:${port}` } as Ready
    expect((await call(ready, secret, 'GET', '/v1/keys')).status).toBe(200)
    expect((await call(ready, `${secret.slice(0, -1)}_`, 'GET', '/v1/keys')).status).toBe(401)
    helios.child.kill('SIGTERM')
    const { code, stdout, stderr } = await helios.finished
    expect(code).toBe(0)
    expect(stderr).toContain(file)
    expect(stdout).toContain('is running')
    expect(stdout).toContain(file)
    expect(stdout + stderr).not.toMatch(/hel_[0-9a-f]{8}/)
    for (const line of stderr.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('level')
  })

  it('takes the key that the owner chose', async () => {
    const chosen = `hel_0123abcd_${'k'.repeat(43)}`
    const server = await serve(newStore(), [], { HELIOS_ADMIN_KEY: chosen })
    expect(server.ready).not.toHaveProperty('adminKey')
    expect((await call(server.ready, chosen, 'GET', '/v1/keys')).status).toBe(200)
    const weak = await runHelios(['serve', '--path', newStore(), '--port', '0'], {
      HELIOS_ADMIN_KEY: 'hunter2',
    })
    expect([weak.code, weak.stderr]).toEqual([2, expect.stringContaining('hel_<8')])
  })

  const hasCurl = spawnSync('curl', ['--version']).status === 0
  it.skipIf(!hasCurl)('shows calls that work as they are pasted (needs curl)', async () => {
    const { ready } = await serve(newStore())
    const answers = firstCalls(ready.url, 66).map(({ command }) =>
      execFileSync('sh', ['-c', command], {
        env: { ...process.env, HELIOS_KEY: ready.adminKey },
        encoding: 'utf8',
      }),
    )
    expect(answers[0]).toContain('"status":"running"')
    expect(JSON.parse(answers[1] ?? '')).toMatchObject({ reason: 'assigned', receipt: { accepted: 1 } })
    expect(JSON.parse(answers[2] ?? '')).toEqual({ accepted: 1, duplicates: [], rejected: [] })
    const analysis = JSON.parse(answers[3] ?? '')
    expect(analysis.units).toBe(1)
    const means = Object.values(analysis.metrics.satisfaction_rating.variants).map(
      (variant) => (variant as { mean: number | null }).mean,
    )
    expect(means.sort()).toEqual([0.9, null])
  })
})

describe('a stop', () => {
  it('loses nothing that was acknowledged', { timeout: 60_000 }, async () => {
    const store = newStore()
    const first = await serve(store)
    const key = first.ready.adminKey as string
    const acknowledged: string[] = []
    let refused = 0
    const send = async (sender: number): Promise<void> => {
      for (let batch = 0; ; batch++) {
        const events = Array.from({ length: 20 }, (_, i) => outcome(`u-${sender}-${batch}-${i}`))
        try {
          const { status, body } = await call(first.ready, key, 'POST', '/v1/events', events)
          if (status !== 200) throw new Error((body as { code: string }).code)
          expect(body).toEqual({ accepted: 20, duplicates: [], rejected: [] })
        } catch {
          refused += 1
          return
        }
        acknowledged.push(...events.map(({ id }) => id))
      }
    }
    const senders = Array.from({ length: 8 }, (_, sender) => send(sender))
    await new Promise((resolve) => setTimeout(resolve, 700))
    const before = acknowledged.length
    const { code, stderr } = await first.stop('SIGTERM')
    await Promise.all(senders)
    expect([code, stderr]).toEqual([0, ''])
    expect(before).toBeGreaterThan(100)
    expect(refused).toBe(8)

    const second = await serve(store)
    const again = acknowledged.map((id) => ({ ...outcome('late'), id }))
    const receipts = []
    for (let from = 0; from < again.length; from += 5000) {
      receipts.push(
        (await call(second.ready, key, 'POST', '/v1/events', again.slice(from, from + 5000))).body as {
          accepted: number
        },
      )
    }
    expect(receipts.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(0)
    const overview = (await call(second.ready, key, 'GET', '/v1/overview')).body as { events: number }
    expect(overview.events).toBeGreaterThanOrEqual(acknowledged.length)
    await second.stop()
    expect((await runHelios(['doctor', '--path', store])).code).toBe(0)
  })

  it('takes signals that come together for one, as a terminal and npm send them', async () => {
    const server = await serve(newStore())
    server.child.kill('SIGINT')
    server.child.kill('SIGTERM')
    expect((await server.stop('SIGINT')).code).toBe(0)
  })

  it('does not wait for ever for a request that never ends, and ends at once when told twice', {
    timeout: 30_000,
  }, async () => {
    const [patient, hasty] = [await serve(newStore()), await serve(newStore())]
    for (const { ready } of [patient, hasty]) await beginRequest(ready)
    const start = performance.now()
    const finished = patient.stop().then(({ code }) => ({ code, milliseconds: performance.now() - start }))
    hasty.child.kill('SIGTERM')
    await new Promise((resolve) => setTimeout(resolve, 800))
    expect(hasty.child.exitCode).toBeNull()
    expect((await hasty.stop('SIGTERM')).code).toBe(1)
    expect(performance.now() - start).toBeLessThan(3000)
    const { code, milliseconds } = await finished
    expect(code).toBe(0)
    expect(milliseconds).toBeLessThan(10_000)
  })
})

describe('over a socket', () => {
  it('answers what is no HTTP with a problem', async () => {
    const { ready } = await serve(newStore())
    const answer = await raw(ready, 'HELLO\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(answer).toContain('application/problem+json')
    expect(JSON.parse(answer.slice(answer.indexOf('{')))).toMatchObject({
      code: 'HEL_REQUEST_INVALID',
      status: 400,
    })
  })

  it('refuses a body that is announced too large before it comes', async () => {
    const { ready } = await serve(newStore())
    const head = [
      'POST /v1/events HTTP/1.1',
      'Host: x',
      `Authorization: Bearer ${ready.adminKey}`,
      'Content-Type: application/json',
      'Content-Length: 99999999',
    ]
    const answer = await raw(ready, `${head.join('\r\n')}\r\n\r\n[`)
    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
    expect(answer).toContain('HEL_BODY_TOO_LARGE')
  })

  it('is a page that a browser can show', async () => {
    const { ready } = await serve(newStore())
    const page = await fetch(`${ready.url}/start`)
    const text = await page.text()
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(text).toContain(ready.url)
    expect(text).toContain(path.basename(ready.store))
    expect(text).not.toContain(directory)
  })
})

describe('what cannot be', () => {
  it('a port that is taken', async () => {
    const server = await serve(newStore())
    const port = new URL(server.ready.url).port
    const store = newStore()
    const { code, stderr } = await runHelios(['serve', '--path', store, '--port', port])
    expect(code).toBe(2)
    expect(stderr).toMatch(/^helios: Port \d+ of 127\.0\.0\.1 is taken; .*--port \d+\.\n$/)
    expect(existsSync(`${store}.admin-key`)).toBe(false)
    expect((await serve(store)).ready.adminKey).toMatch(/^hel_/)
  })

  it('a store that is open elsewhere', async () => {
    const { ready } = await serve(newStore())
    for (const args of [['serve', '--port', '0'], ['doctor'], ['keys', 'list']]) {
      const { code, stderr } = await runHelios([...args, '--path', ready.store])
      expect([code, stderr]).toEqual([
        2,
        expect.stringMatching(/^helios: The store .* is open in another process; .*\.\n$/),
      ])
    }
  })

  it.each([
    [['serv'], 'Did you mean serve?'],
    [['serve', '--prot', '1'], 'Did you mean --port?'],
    [['serve', '--port', 'http'], 'The port must be a number'],
    [['doctor', '--path', '/no/such/file.db'], 'There is no store file'],
    [['keys', 'create', '--name', 'x'], '--scopes'],
    [['keys', 'create', '--name', 'x', '--scopes', 'root', '--key', 'k'], '"root" is no scope'],
    [['keys', 'list'], 'HELIOS_KEY'],
    [
      ['keys', 'list', '--key', 'k', '--url', 'http://127.0.0.1:1'],
      'No Helios answers at http://127.0.0.1:1',
    ],
  ])('%j', async (args, sentence) => {
    const { code, stdout, stderr } = await runHelios(args)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(sentence)
    expect(stderr).not.toMatch(/^ +at /m)
  })
})

describe('helios', () => {
  it('has a version, and help with an example for every command', async () => {
    expect((await runHelios(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
    const { stdout, code } = await runHelios(['--help'])
    expect(code).toBe(0)
    const commands = ['serve', 'demo', 'login', 'keys', 'analyse', 'doctor']
    const helps = await Promise.all(commands.map((command) => runHelios([command, '--help'])))
    for (const [index, command] of commands.entries()) {
      expect(stdout).toContain(command)
      expect(helps[index]).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(new RegExp(`example[^]*helios ${command}`, 'i')),
      })
    }
  })

  it('keys: makes, lists and revokes through the server', async () => {
    const { ready } = await serve(newStore())
    const env = { HELIOS_URL: ready.url, HELIOS_KEY: ready.adminKey as string }
    const made = await runHelios(
      ['keys', 'create', '--name', 'shop', '--scopes', 'read, decide', '--json'],
      env,
    )
    const { key, secret } = JSON.parse(made.stdout)
    expect([made.code, key]).toMatchObject([0, { name: 'shop', scopes: ['read', 'decide'] }])
    expect((await call(ready, secret, 'GET', '/v1/overview')).status).toBe(200)
    const list = await runHelios(['keys', 'list'], env)
    expect(list.stdout).toMatch(new RegExp(`${key.id} +shop +read, decide +\\d{4}-\\d\\d-\\d\\d +active`))
    const refused = await runHelios(['keys', 'list', '--key', secret, '--url', ready.url])
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('HEL_FORBIDDEN')])
    expect((await runHelios(['keys', 'revoke', key.id], env)).code).toBe(0)
    expect((await call(ready, secret, 'GET', '/v1/overview')).status).toBe(401)
    expect((await runHelios(['keys', 'revoke', '00000000'], env)).code).toBe(1)
  })

  it('keys: is the way back in when no server runs', async () => {
    const store = newStore()
    await (await serve(store)).stop()
    const made = await runHelios(['keys', 'create', '--name', 'me', '--scopes', 'admin', '--path', store])
    const secret = /hel_\S+/.exec(made.stdout)?.[0] ?? ''
    const { ready } = await serve(store)
    expect((await call(ready, secret, 'GET', '/v1/keys')).status).toBe(200)
  })

  it('doctor: tells a sound store from one whose state is not what its events say', async () => {
    const store = newStore()
    const server = await serve(store)
    const key = server.ready.adminKey as string
    const body = {
      key: 'sick',
      variants: [{ key: 'a', control: true }, { key: 'b' }],
      metrics: { primary: ['clicks'] },
    }
    await call(server.ready, key, 'POST', '/v1/experiments', body)
    await call(server.ready, key, 'POST', '/v1/experiments/sick/start')
    for (let unit = 0; unit < 20; unit++) {
      await call(server.ready, key, 'POST', '/v1/decide', {
        experiment: 'sick',
        unit: `u${unit}`,
        expose: true,
      })
    }
    await call(server.ready, key, 'POST', '/v1/events', [outcome('u1'), outcome('u2')])
    await server.stop()

    const sound = await runHelios(['doctor', '--path', store, '--json'])
    expect([sound.code, JSON.parse(sound.stdout)]).toMatchObject([
      0,
      { sound: true, events: 22, units: 20, position: 22, snapshotPosition: 22 },
    ])
    expect((await runHelios(['doctor', '--path', store])).stdout).toContain('is sound')
    await corruptSnapshot(store)
    const sick = await runHelios(['doctor', '--path', store, '--json'])
    expect([sick.code, JSON.parse(sick.stdout).sound]).toEqual([1, false])
    expect(JSON.parse(sick.stdout).differences).not.toEqual([])
  })
})

/** Gives the state of the snapshot another total than the events add up to. */
async function corruptSnapshot(store: string): Promise<void> {
  const storage = sqliteStorage({ path: store })
  const { snapshots } = storage
  const parts = await Promise.all(
    (await snapshots.names()).map(
      async (name) => [name, Uint8Array.from((await snapshots.load(name)) ?? [])] as const,
    ),
  )
  const totals = parts.find(([name]) => name.endsWith('/sick/columns/0'))?.[1] as Uint8Array
  new Float64Array(totals.buffer).fill(7)
  await snapshots.save({ position: await snapshots.position(), parts, remove: [] })
  await storage.close()
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

async function untilReady(url: string): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt++) {
    if (
      await fetch(`${url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`${url} did not become ready`)
}

/** Sends text over a socket, and reads until the server closes it. */
async function raw({ url }: Ready, text: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write(text)
  let answer = ''
  for await (const chunk of socket) {
    answer += chunk
    if (answer.includes('}')) break
  }
  return answer
}

/** Begins a request whose body never comes. */
async function beginRequest({ url, adminKey }: Ready): Promise<void> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.on('error', () => {})
  const head = [
    'POST /v1/events HTTP/1.1',
    'Host: x',
    `Authorization: Bearer ${adminKey}`,
    'Content-Type: application/json',
    'Content-Length: 10',
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n[`)
  await once(socket, 'connect')
  await new Promise((resolve) => setTimeout(resolve, 100))
}
