import { Compile } from 'typebox/compile'

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> }
}

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: unknown }>> }>
  >
}

/** What is wrong with an answer, by the OpenAPI document of the server; undefined when nothing is. */
export function nonconformity(
  document: unknown,
  route: string,
  status: number,
  mediaType: string,
  body: unknown,
): string | undefined {
  const { paths, components } = document as Document
  const [method, path] = route.split(' ') as [string, string]
  const responses = paths[path]?.[method.toLowerCase()]?.responses
  const content = (responses?.[status] ?? (status >= 400 ? responses?.['default'] : undefined))?.content
  const schema = content?.[mediaType]?.schema
  if (schema === undefined) return `${route} does not describe ${status} as ${mediaType}`
  const errors = Compile(withoutReferences(schema, components.schemas) as object).Errors(body)
  return errors.length === 0 ? undefined : `${route} ${status}: ${JSON.stringify(errors.slice(0, 3))}`
}

/** Puts components in the place of the references to them; ours do not refer to themselves. */
function withoutReferences(schema: unknown, components: Document['components']['schemas']): unknown {
  if (Array.isArray(schema)) return schema.map((one) => withoutReferences(one, components))
  if (typeof schema !== 'object' || schema === null) return schema
  const { $ref } = schema as { $ref?: string }
  if ($ref !== undefined) {
    const name = $ref.replace('#/components/schemas/', '')
    if (!(name in components)) throw new Error(`${$ref} points nowhere`)
    return withoutReferences(components[name], components)
  }
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, withoutReferences(value, components)]),
  )
}
