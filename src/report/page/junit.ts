import { resultReasons, resultSentence } from '../../domain/policy/route-tests/route-test-words.ts'
import type { RouteTestResult } from '../../domain/policy/route-tests/run-route-tests.ts'
import type { Diagnostic } from '../../domain/source/diagnostic.ts'
import { positionOf, type SourceRange } from '../../domain/source/source-file.ts'
import { plainSentence } from '../../domain/words/sentence.ts'
import { visible } from '../../domain/words/visible.ts'
import { placeText } from '../sentences/place.ts'
import type { RanTests } from './ran-tests.ts'

/** The tests as JUnit's XML, which build servers read: a suite for each file, and what nobody can read as an error. */
export function junit({ results, mistakes }: RanTests): string {
  const cases = [
    ...results.map((result) => ({
      file: fileOf(result.test.range),
      failed: !result.passes,
      error: false,
      xml: caseOf(result),
    })),
    ...mistakes.map((mistake) => ({
      file: fileOf(mistake.range),
      failed: false,
      error: true,
      xml: errorOf(mistake),
    })),
  ]
  const suites = [...Map.groupBy(cases, ({ file }) => file)].map(([file, own]) => {
    return element(
      'testsuite',
      { name: file, ...totals(own) },
      own.map(({ xml }) => xml),
    )
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', { name: 'firebreak', ...totals(cases) }, suites)}`
}

interface Case {
  readonly failed: boolean
  readonly error: boolean
}

function totals(cases: readonly Case[]): Attributes {
  return {
    tests: cases.length,
    failures: cases.filter(({ failed }) => failed).length,
    errors: cases.filter(({ error }) => error).length,
  }
}

function caseOf(result: RouteTestResult): string {
  const { test, passes } = result
  const message = plainSentence(resultSentence(result))
  const text = [message, ...resultReasons(result).map(plainSentence), placeText(test.range)].join('\n')
  return testCase(
    test.name,
    test.range,
    passes ? [] : [element('failure', { message, type: result.verdict }, [escaped(text)])],
  )
}

function errorOf(mistake: Diagnostic): string {
  const message = plainSentence(mistake)
  const text = escaped(`${message}\n${placeText(mistake.range)}`)
  return testCase(placeText(mistake.range), mistake.range, [
    element('error', { message, type: mistake.code }, [text]),
  ])
}

function testCase(name: string, range: SourceRange | undefined, inner: readonly string[]): string {
  const line = range === undefined ? {} : { line: positionOf(range).line }
  return element('testcase', { name, classname: fileOf(range), file: fileOf(range), ...line }, inner)
}

function fileOf(range: SourceRange | undefined): string {
  return range?.file.path ?? ''
}

type Attributes = Readonly<Record<string, string | number>>

function element(name: string, attributes: Attributes, inner: readonly string[]): string {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escaped(visible(String(value)))}"`,
  )
  const start = `<${name}${written.join('')}`
  return inner.length === 0 ? `${start}/>\n` : `${start}>\n${inner.join('')}</${name}>\n`
}

/** XML 1.0 knows no way to write most controls: what nobody sees is written out first. */
function escaped(text: string): string {
  const lines = text.split('\n').map(visible).join('\n')
  return lines.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
