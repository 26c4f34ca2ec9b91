import swagger from '@fastify/swagger'
import type { Access, App } from './app.ts'
import { COMPONENTS } from './schemas/components.ts'
import { VERSION } from './version.ts'

const TAGS = [
  { name: 'loop', description: 'Decide, expose, observe.' },
  { name: 'experiments', description: 'Design, run and read experiments.' },
  { name: 'metrics', description: 'How outcomes become one number per unit.' },
  { name: 'keys', description: 'Who may do what.' },
  { name: 'sessions', description: 'Who is signed in to the pages.' },
  { name: 'server', description: 'The server about itself.' },
]

/** Describes the routes that are registered after this call, in OpenAPI 3.1. */
export async function installOpenApi(app: App): Promise<void> {
  for (const [name, schema] of Object.entries(COMPONENTS)) app.addSchema({ $id: name, ...schema })
  app.addHook('onRoute', (route) => {
    const access = route.config?.access
    if (!route.schema || access === undefined) return
    route.schema = { ...route.schema, security: securityOf(access) }
  })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Helios',
        version: VERSION,
        description:
          'Decides, measures and adapts. Errors are RFC 9457 problem documents with a stable `code`.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      tags: TAGS,
      components: {
        securitySchemes: {
          apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: `hel_…`.' },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: 'helios_session_4300',
            description:
              'Set by `POST /v1/session`, for the pages. The name ends in the port of the server. Changes ' +
              'need proof of the same origin: `Sec-Fetch-Site` or `Origin`, as browsers send them.',
          },
        },
      },
    },
    convertConstToEnum: false,
    refResolver: {
      buildLocalReference: (json, _base, _fragment, index) => String(json.$id ?? `schema-${index}`),
    },
    transformObject: (document) =>
      'openapiObject' in document ? withProblemMediaType(document.openapiObject) : {},
  })
}

/** In OpenAPI 3.1 a requirement may list the roles it takes; any one of ours is enough. */
function securityOf(access: Access): Record<string, string[]>[] {
  if (access === 'public') return []
  if (access === 'session') return [{ session: [] }]
  const scopes = [...new Set([...access, 'admin'])]
  return ['apiKey', 'session'].flatMap((scheme) => scopes.map((scope) => ({ [scheme]: [scope] })))
}

interface Described {
  readonly content?: Record<string, unknown>
}

/** Fastify gives every answer the media type of the route; those that point to Problem have their own. */
function withProblemMediaType<Document extends object>(document: Document): Document {
  const { paths } = document as {
    paths?: Record<string, Record<string, { responses?: Record<string, Described> }>>
  }
  for (const path of Object.values(paths ?? {})) {
    for (const operation of Object.values(path)) {
      for (const response of Object.values(operation.responses ?? {})) renameProblem(response)
    }
  }
  return document
}

function renameProblem({ content = {} }: Described): void {
  for (const [mediaType, described] of Object.entries(content)) {
    if (!JSON.stringify(described).includes('"#/components/schemas/Problem"')) continue
    delete content[mediaType]
    content['application/problem+json'] = described
  }
}
