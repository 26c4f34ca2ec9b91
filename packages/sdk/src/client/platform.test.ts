import { afterEach, describe, expect, it, vi } from 'vitest'
import { createPlatform, type PageChange } from './platform.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

describe('without a page', () => {
  it('has time, chance and ids, and neither page, locks nor storage', () => {
    const platform = createPlatform()
    expect(Math.abs(platform.now() - Date.now())).toBeLessThan(60_000)
    const draws = Array.from({ length: 1000 }, () => platform.random())
    expect(draws.every((draw) => draw >= 0 && draw < 1)).toBe(true)
    // The mean of 1000 draws strays further than this once in 10^7 runs.
    expect(Math.abs(draws.reduce((sum, draw) => sum + draw, 0) / 1000 - 0.5)).toBeLessThan(0.05)
    expect(new Set(draws).size).toBe(1000)
    expect(platform.newId()).toMatch(/^[0-9a-f-]{36}$/)
    expect([platform.page, platform.locks, platform.storage()]).toEqual([undefined, undefined, undefined])
  })

  it('keeps no process alive, unless somebody waits', () => {
    const timers: { unref: ReturnType<typeof vi.fn> }[] = []
    vi.stubGlobal('setTimeout', () => {
      timers.push({ unref: vi.fn() })
      return timers.at(-1)
    })
    vi.stubGlobal('clearTimeout', vi.fn())
    const { setTimer } = createPlatform()
    setTimer(() => {}, 1)()
    setTimer(() => {}, 1, true)
    expect(timers.map(({ unref }) => unref.mock.calls.length)).toEqual([1, 0])
    expect(clearTimeout).toHaveBeenCalledWith(timers[0])
  })
})

describe('with a page', () => {
  function stubPage() {
    const document = Object.assign(new EventTarget(), { visibilityState: 'visible' })
    const window = new EventTarget()
    vi.stubGlobal('document', document)
    vi.stubGlobal('location', { search: '?a=b' })
    vi.stubGlobal('addEventListener', window.addEventListener.bind(window))
    vi.stubGlobal('removeEventListener', window.removeEventListener.bind(window))
    return { document, window }
  }

  it('tells when the page is hidden, shown again and left', () => {
    const { document, window } = stubPage()
    vi.stubGlobal('navigator', {})
    const { page, locks } = createPlatform()
    const changes: PageChange[] = []
    const stop = page?.onChange((change) => changes.push(change))
    document.visibilityState = 'hidden'
    document.dispatchEvent(new Event('visibilitychange'))
    expect(page?.isVisible()).toBe(false)
    window.dispatchEvent(new Event('pagehide'))
    document.visibilityState = 'visible'
    window.dispatchEvent(new Event('pageshow'))
    stop?.()
    for (const event of ['visibilitychange', 'pagehide', 'pageshow']) {
      document.dispatchEvent(new Event(event))
      window.dispatchEvent(new Event(event))
    }
    expect(changes).toEqual(['hidden', 'leaving', 'visible'])
    expect([page?.query(), locks]).toEqual(['?a=b', undefined])
  })

  it('keeps things in the storage of the browser', () => {
    stubPage()
    const values: Record<string, string> = {}
    const methods = {
      getItem: (key: string) => values[key] ?? null,
      setItem: (key: string, value: string) => {
        values[key] = value
      },
      removeItem: (key: string) => delete values[key],
    }
    const localStorage = new Proxy(values, {
      get: (_, name) => methods[name as 'getItem'],
    })
    vi.stubGlobal('localStorage', localStorage)
    const storage = createPlatform().storage()
    storage?.set('a', '1')
    storage?.set('b', '2')
    storage?.remove('b')
    expect([storage?.get('a'), storage?.get('b'), [...(storage?.keys() ?? [])]]).toEqual(['1', null, ['a']])
  })

  it('has the locks that its tabs share', () => {
    stubPage()
    const locks = { request: vi.fn(), query: vi.fn() }
    vi.stubGlobal('navigator', { locks })
    expect(createPlatform().locks).toBe(locks)
  })
})
