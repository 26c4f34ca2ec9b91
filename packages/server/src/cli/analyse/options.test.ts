import { describe, expect, it } from 'vitest'
import { alphaFrom, parseWeights, questionFrom } from './options.ts'

const LEAST = { variant: 'v', control: 'A', metric: ['y=mean(y)'] }

describe('questionFrom', () => {
  it('turns flags into a question', () => {
    expect(
      questionFrom({
        ...LEAST,
        unit: 'u',
        where: ['a = 1'],
        stratum: ['os'],
        weights: 'A=1,B=2',
        delimiter: 'tab',
      }),
    ).toMatchObject({
      variant: 'v',
      control: 'A',
      unit: 'u',
      metrics: [{ name: 'y', kind: 'mean' }],
      where: [{ columns: ['a'], operator: '=', value: '1' }],
      strata: ['os'],
      weights: { A: 1, B: 2 },
      delimiter: '\t',
    })
    expect(questionFrom(LEAST)).not.toHaveProperty('unit')
  })

  it.each([
    [{ control: 'A', metric: ['y=mean(y)'] }, '--variant'],
    [{ variant: 'v', metric: ['y=mean(y)'] }, '--control'],
    [{ variant: 'v', control: 'A' }, '--metric'],
  ])('says what is missing: %o', (options, flag) => {
    expect(() => questionFrom(options)).toThrow(flag)
  })

  it('checks alpha', () => {
    expect(alphaFrom({})).toBe(0.05)
    expect(alphaFrom({ alpha: '0.01' })).toBe(0.01)
    for (const alpha of ['0', '0.6', '-1', 'five', '']) expect(() => alphaFrom({ alpha })).toThrow('--alpha')
  })
})

describe('parseWeights', () => {
  it('reads names with any symbols but =', () => {
    expect(parseWeights('A=0.5, No E-Mail = .3,b, c=2e-1')).toEqual({ A: 0.5, 'No E-Mail': 0.3, 'b, c': 0.2 })
    expect(parseWeights('A=0,B=1')).toEqual({ A: 0, B: 1 })
  })

  it.each(['', 'A', 'A=', 'A=x', 'A=-1', 'A=1,B', 'A=1,A=2'])('refuses "%s"', (text) => {
    expect(() => parseWeights(text)).toThrow('--weights')
  })
})
