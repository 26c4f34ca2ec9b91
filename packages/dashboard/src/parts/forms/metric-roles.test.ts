import { describe, expect, it } from 'vitest'
import { roleOf, withRole } from './metric-roles.ts'

const NONE = { primary: [], secondary: [], guardrails: [] }

describe('the role of a metric', () => {
  it('is one or none', () => {
    const first = withRole(withRole(NONE, 'revenue', 'primary'), 'clicks', 'primary')
    expect(first.primary).toEqual(['revenue', 'clicks'])
    const moved = withRole(first, 'revenue', 'guardrail')
    expect(moved).toEqual({ primary: ['clicks'], secondary: [], guardrails: ['revenue'] })
    expect(roleOf(moved, 'revenue')).toBe('guardrail')
    expect(roleOf(withRole(moved, 'revenue', undefined), 'revenue')).toBeUndefined()
  })

  it('keeps its place when it is chosen again', () => {
    const roles = { ...NONE, primary: ['revenue', 'clicks'] }
    expect(withRole(roles, 'revenue', 'primary')).toBe(roles)
  })
})
