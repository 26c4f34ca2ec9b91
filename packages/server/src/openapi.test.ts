import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createHarness, type Harness } from './testing/harness.ts'

interface Operation {
  summary?: string
  tags?: string[]
  security?: Record<string, string[]>[]
  parameters?: { name: string; in: string; required?: boolean; schema: unknown }[]
  requestBody?: { content: Record<string, { schema?: unknown }> }
  responses: Record<string, { description: string; content?: Record<string, { schema: unknown }> }>
}
interface Document {
  openapi: string
  info: { title: string; version: string }
  tags: { name: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> }
}

let harness: Harness
let document: Document
let operations: { route: string; path: string; method: string; operation: Operation }[]
beforeAll(async () => {
  harness = await createHarness()
  document = (await harness.call('GET', '/openapi.json', undefined, { secret: '' })).json()
  operations = Object.entries(document.paths).flatMap(([at, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      route: `${method.toUpperCase()} ${at}`,
      path: at,
      method,
      operation,
    })),
  )
})
afterAll(() => harness.close())

it('is OpenAPI 3.1 of this release', () => {
  expect(document.openapi).toMatch(/^3\.1\.\d+$/)
  expect(document.info).toMatchObject({ title: 'Helios', version: expect.stringMatching(/^\d+\.\d+\.\d+/) })
  expect(operations.length).toBeGreaterThan(20)
})

it('lists every route that the server takes', () => {
  const printed = harness.server.printRoutes({ commonPrefix: false })
  const handlers = [...printed.matchAll(/\(([A-Z, ]+)\)/g)].flatMap(([, methods]) =>
    (methods as string).split(', '),
  )
  // Each GET has a HEAD beside it, which OpenAPI need not repeat.
  expect(handlers.filter((method) => method !== 'HEAD')).toHaveLength(operations.length)
})

it('points nowhere in vain', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
    ([, target]) => target as string,
  )
  expect(references.length).toBeGreaterThan(50)
  const names = Object.keys(document.components.schemas)
  expect(
    [...new Set(references)].filter((one) => !names.includes(one.replace('#/components/schemas/', ''))),
  ).toEqual([])
})

it('says of every operation what it is for, who may call it and how it refuses', () => {
  const tags = document.tags.map(({ name }) => name)
  for (const { route, operation } of operations) {
    expect(operation.summary, route).toMatch(/\w{2}/)
    expect(tags, route).toEqual(expect.arrayContaining(operation.tags ?? ['none']))
    expect(
      Object.keys(operation.responses).some((status) => /^2\d\d$/.test(status)),
      route,
    ).toBe(true)
    for (const response of Object.values(operation.responses))
      expect(response.description, route).toBeTypeOf('string')
    const isPublic = operation.security?.length === 0
    if (isPublic) continue
    const schemes = Object.keys(document.components.securitySchemes)
    for (const requirement of operation.security ?? [{}]) {
      const [scheme, scopes] = Object.entries(requirement)[0] ?? []
      expect(schemes, route).toContain(scheme)
      const isForPeople = route.endsWith('/v1/session')
      expect(scopes, route).toHaveLength(isForPeople ? 0 : 1)
    }
    for (const status of ['401', '403', 'default']) {
      const schema = operation.responses[status]?.content?.['application/problem+json']?.schema
      expect(schema, `${route} ${status}`).toEqual({ $ref: '#/components/schemas/Problem' })
    }
  }
})

it('describes every part of a path, and the bodies', () => {
  for (const { route, path: at, method, operation } of operations) {
    const named = [...at.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    const described = operation.parameters
      ?.filter((one) => one.in === 'path' && one.required)
      .map(({ name }) => name)
    expect(described ?? [], route).toEqual(named)
    const takesBody = method === 'post' || method === 'patch'
    expect(operation.requestBody !== undefined, route).toBe(takesBody)
  }
  const events = document.paths['/v1/events']?.['post']?.requestBody?.content
  expect(Object.keys(events ?? {})).toEqual(['application/json', 'application/x-ndjson'])
})

it('agrees with the reference page, both ways', () => {
  const file = path.join(import.meta.dirname, '../../../docs/reference/http.md')
  const headings = [...readFileSync(file, 'utf8').matchAll(/^### `(\w+ \S+)`$/gm)].map(
    ([, route]) => route as string,
  )
  const routes = operations.map(({ route }) => route.replaceAll(/\{(\w+)\}/g, ':$1'))
  expect(headings.sort()).toEqual(routes.sort())
})
