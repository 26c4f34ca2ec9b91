import { Helios } from '@helios/engine'
import { createServer, KeyStore } from '@helios/server'

/** A server in memory with one running experiment, for the examples beside this file; yours is `helios serve`. */
export async function startServer(): Promise<{
  url: string
  key: string
  engine: Helios
  stop: () => Promise<void>
}> {
  const engine = await Helios.open()
  await engine.experiments.create({
    key: 'greeting-tone',
    variants: [
      { key: 'calm', control: true, payload: { text: 'Hello.', emoji: false } },
      { key: 'warm', payload: { text: 'Good to see you!', emoji: true } },
    ],
    metrics: { primary: ['satisfaction_rating'] },
  })
  await engine.experiments.start('greeting-tone')
  const keys = await KeyStore.open(engine.registry)
  const { secret } = await keys.create({ name: 'example', scopes: ['decide', 'ingest'], by: 'example' })
  const server = await createServer({ helios: engine, keys })
  const url = await server.listen({ port: 0 })
  const stop = async (): Promise<void> => {
    await server.close()
    await engine.close()
  }
  return { url, key: secret, engine, stop }
}

if (import.meta.main) {
  const server = await startServer()
  console.log(`Helios answers at ${server.url}`)
  await server.stop()
}
