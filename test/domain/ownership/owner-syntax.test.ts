import { describe, expect, test } from 'vitest'
import { ownerFault } from '../../../src/domain/ownership/owner-syntax.ts'

describe('the form of an owner', () => {
  test.each([
    '@lena',
    '@Lena-2',
    '@lena_corp',
    '@bookinfo/login',
    '@bookinfo/Team_1-x',
    'lena@example.com',
    "l.o'n+git_x%y-z@mail.example.co.uk",
  ])('%s is one', (word) => {
    expect(ownerFault(word)).toBeUndefined()
  })

  test.each([
    'lena',
    '@',
    '@/',
    '@bookinfo/',
    '@/login',
    '@bookinfo/login/x',
    '@bookinfo/lo.gin',
    '@le.na',
    '@@lena',
    '@lena,',
    '@lena\u200b',
    'lena@',
    'lena@example',
    'lena@example..com',
    'lena@example.com.',
    '<lena@example.com>',
    '*',
  ])('%s is none', (word) => {
    expect(ownerFault(word)).toBeDefined()
  })

  test('an App is told that it cannot be one', () => {
    expect(ownerFault('@bookinfo-release[bot]')?.code).toBe('owner-app')
    expect(ownerFault('dependabot[bot]')?.code).toBe('owner-app')
  })

  test('a hostile word costs no more than its length', () => {
    const start = performance.now()

    expect(ownerFault(`${'a.'.repeat(500_000)}@${'a.'.repeat(500_000)}`)).toBeDefined()
    expect(ownerFault(`a@${'a.a'.repeat(500_000)}!`)).toBeDefined()
    expect(performance.now() - start).toBeLessThan(2000)
  })
})
