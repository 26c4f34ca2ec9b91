import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { httpListener, type Listener } from './listener.ts'

const server = createServer()
let client: Socket
let response: ServerResponse
let listener: Listener

beforeEach(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  const [, answer] = (await once(server, 'request')) as [unknown, ServerResponse]
  response = answer
  response.writeHead(200, { connection: 'close' })
  listener = httpListener(response, { definitions: true, summaries: false }, () => true)
})
afterEach(async () => {
  client.destroy()
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
})

const megabyte = 'x'.repeat(1024 * 1024)

it('is let go when it does not read, and not before a mebibyte waits', async () => {
  client.pause()
  let isGone = false
  listener.onGone(() => {
    isGone = true
  })
  listener.send('small')
  expect(response.destroyed).toBe(false)
  for (let sent = 0; sent < 64 && !response.destroyed; sent++) {
    const waiting = response.writableLength
    listener.send(megabyte)
    expect(response.destroyed).toBe(waiting > 1024 * 1024)
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(response.destroyed).toBe(true)
  await expect.poll(() => isGone).toBe(true)
  listener.send('after the end')
  listener.end()
})

it('gets one long message whole, however long', async () => {
  let received = 0
  client.on('data', (chunk) => {
    received += chunk.length
  })
  listener.send(megabyte.repeat(8))
  await expect.poll(() => received).toBeGreaterThan(8 * 1024 * 1024)
  expect(response.destroyed).toBe(false)
})

it('ends with all that was sent, where the client reads', async () => {
  let text = ''
  client.setEncoding('utf8').on('data', (chunk) => {
    text += chunk
  })
  const closed = once(client, 'close')
  listener.send('last words')
  await expect.poll(() => text).toContain('last words')
  listener.end()
  await closed
  expect(text).toMatch(/0\r\n\r\n$/)
})

it('ends at once where the client does not read', async () => {
  client.pause()
  while (response.writableLength === 0) listener.send(megabyte)
  listener.end()
  expect(response.destroyed).toBe(true)
})
