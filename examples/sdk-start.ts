import { createClient } from '@helios/sdk'
import { startServer } from './sdk-server.ts'

const { url, key, stop } = await startServer()

const helios = createClient({ url, key })
const { payload } = helios.use('greeting-tone', { unit: 'user-42', fallback: { text: 'Hello' } })
helios.observe({ unit: 'user-42', metric: 'satisfaction_rating', value: 0.9 })
console.log('before the definitions came:', payload)

await helios.ready()
const decision = helios.decide('greeting-tone', { unit: 'user-42', attributes: { country: 'PT' } }) // counts nothing
if (decision.variant === 'warm') helios.expose(decision) // when the user really meets it
console.log(decision)

console.log(await helios.close())
await stop()
