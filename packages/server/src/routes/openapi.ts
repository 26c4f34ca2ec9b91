import type { App } from '../app.ts'

export function openApiRoutes(app: App): void {
  app.get(
    '/openapi.json',
    {
      config: { access: 'public' },
      schema: { summary: 'This description', tags: ['server'] },
    },
    async () => app.swagger(),
  )
}
