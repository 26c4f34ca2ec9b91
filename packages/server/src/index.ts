export type { App } from './app.ts'
export { SCOPES } from './keys/api-key.ts'
export { KeyStore } from './keys/key-store.ts'
export { createServer, type ServerOptions } from './server.ts'
