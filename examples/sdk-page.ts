import { createClient } from '@helios/sdk'
import { startServer } from './sdk-server.ts'

const { url, key, stop } = await startServer()
const show = (text: string): void => console.log(text)

const helios = createClient({ url, key, allowAddressOverrides: true })
let unit = helios.anonymousUnit()
await helios.ready()

function render(): void {
  const { payload } = helios.use('greeting-tone', { unit, fallback: { text: 'Hello' } })
  show((payload as { text: string }).text)
}
render()
helios.onChange(render)

function signIn(user: string): void {
  helios.identify({ previous: unit, unit: user })
  unit = user
}
function signOut(): void {
  unit = helios.anonymousUnit({ renew: true })
}
signIn('ada')
render()

helios.override('greeting-tone', 'warm') // everyone on this browser sees "warm"; nobody is counted
show(helios.decide('greeting-tone', { unit }).reason) // forced
helios.override('greeting-tone', undefined)

signOut()
await helios.close()
await stop()
