import { callApi, type Server } from '../api.ts'
import type { KeyAdministration } from './administration.ts'

export function remoteKeys(server: Server): KeyAdministration {
  return {
    create: (name, scopes) => callApi(server, 'POST', '/v1/keys', { name, scopes }),
    list: async () =>
      (await callApi<{ keys: Awaited<ReturnType<KeyAdministration['list']>> }>(server, 'GET', '/v1/keys'))
        .keys,
    revoke: (id) => callApi(server, 'DELETE', `/v1/keys/${encodeURIComponent(id)}`),
    close: async () => {},
  }
}
