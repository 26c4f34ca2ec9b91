import type { App } from './app.ts'
import type { Telemetry } from './telemetry.ts'

/** Times every request; routes are named by their pattern, so that keys do not become series. */
export function installRequestTiming(app: App, telemetry: Telemetry): void {
  app.addHook('onResponse', (request, reply, done) => {
    if (request.routeOptions.config.isEndless) return done()
    const route = request.routeOptions.url ?? 'unmatched'
    telemetry.countRequest(request.method, route, reply.statusCode, reply.elapsedTime / 1000)
    done()
  })
}
