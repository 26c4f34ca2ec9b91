import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createClient } from '@helios/sdk'
import { fileStorage } from '@helios/sdk/node'
import { startServer } from './sdk-server.ts'

const { url, key, engine, stop } = await startServer()
const folder = mkdtempSync(path.join(tmpdir(), 'helios-bot-'))

interface Experiments {
  'greeting-tone': { text: string; emoji: boolean }
}
const helios = createClient<Experiments>({
  url,
  key,
  storage: fileStorage(folder),
  onError: ({ code, message }) => console.warn(code, message),
})
await helios.ready()

/** One turn of the bot: what to say to a user, and what the user thought of it. */
function greet(user: string): string {
  const fallback = { text: 'Hello', emoji: false }
  const { payload } = helios.use('greeting-tone', { unit: user, fallback })
  return payload.emoji ? `${payload.text} 👋` : payload.text
}

for (let i = 0; i < 200; i++) {
  const user = `user-${i}`
  const rating = greet(user).length > 10 ? 0.8 : 0.6
  helios.observe({ unit: user, metric: 'satisfaction_rating', value: rating })
}
console.log(greet('user-1'), greet('user-2'))

const { sent, queued } = await helios.close()
console.log(`${sent} events sent, ${queued} waiting`)

const { units } = await engine.analyse('greeting-tone')
console.log(`${units} users in the analysis`)
await stop()
rmSync(folder, { recursive: true })
