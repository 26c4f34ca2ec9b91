import { createClient } from '@helios/sdk'
import { HeliosProvider } from '@helios/sdk/open-feature'
import { OpenFeature } from '@openfeature/server-sdk'
import { startServer } from './sdk-server.ts'

const { url, key, stop } = await startServer()

await OpenFeature.setProviderAndWait(new HeliosProvider(createClient({ url, key })))
const flags = OpenFeature.getClient()

const user = { targetingKey: 'user-42', country: 'PT' }
const text = await flags.getStringValue('greeting-tone.text', 'Hello', user) // one field of the payload
const { variant, reason } = await flags.getObjectDetails('greeting-tone', {}, user)
flags.track('satisfaction_rating', user, { value: 0.9 })
console.log(`${text} (${variant}, ${reason})`)

await OpenFeature.close() // sends what waits
await stop()
