import type { App } from './app.ts'

/** Answers which methods a path takes, from the routes that are registered after this call. */
export function allowedMethods(app: App): (path: string) => string[] {
  const routes: { readonly method: string; readonly path: RegExp }[] = []
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) routes.push({ method: one, path: patternOf(url) })
  })
  return (path) => [...new Set(routes.filter((route) => route.path.test(path)).map((route) => route.method))]
}

/** `/v1/experiments/:key/start` → a pattern in which `:key` stands for one segment. */
function patternOf(url: string): RegExp {
  const segments = url
    .split('/')
    .map((segment) => (segment.startsWith(':') ? '[^/]+' : segment.replaceAll('.', '\\.')))
  return new RegExp(`^${segments.join('/')}$`)
}
