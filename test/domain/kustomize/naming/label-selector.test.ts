import { describe, expect, test } from 'vitest'
import { labelSelector } from '../../../../src/domain/kustomize/naming/label-selector.ts'

const labels = new Map([
  ['app', 'web'],
  ['tier', '3'],
  ['x.io/k', ''],
])

describe('holds', () => {
  test.each([
    [''],
    ['app'],
    ['app=web'],
    ['app==web'],
    ['app = web , tier'],
    ['app!=api'],
    ['none!=api'],
    ['!none'],
    ['app in (web, api)'],
    ['app notin (api)'],
    ['none notin (api)'],
    ['x.io/k='],
    ['x.io/k in ()'],
    ['tier>2,tier<4'],
  ])('%s', (selector) => {
    expect(labelSelector(selector)?.(labels)).toBe(true)
  })
})

describe('does not hold', () => {
  test.each([
    ['none'],
    ['app=api'],
    ['app!=web'],
    ['!app'],
    ['app in (api)'],
    ['none in (web)'],
    ['app notin (web)'],
    ['tier>3'],
    ['app>1'],
  ])('%s', (selector) => {
    expect(labelSelector(selector)?.(labels)).toBe(false)
  })
})

describe('is no selector', () => {
  test.each([
    ['='],
    ['app='.concat('-')],
    ['app in web'],
    ['app in (web'],
    ['!'],
    ['!app=web'],
    ['app,'],
    ['a b'],
    ['-app'],
    ['app=web,,tier'],
    ['tier>x'],
  ])('%s', (selector) => {
    expect(labelSelector(selector)).toBeUndefined()
  })
})
