import type { Chance } from './random.ts'

type Json = Readonly<Record<string, unknown>>

const literals = ['/', '/a', '/a/', '/a/b', '/ab', '/b', '/b/a', '/A', '/a/b/c', '/c'] as const
const oddLiterals = ['', '/a//b', '/a%2Fb', '/a.b', '/a+b', '/~a', '/a;v=1', '/a:b', '/(a)'] as const
const expressions = [
  ...(['/a.*', '/[ab]', '/a/?b?', '.*', '/.*', '.+', '/(a|b)/a', '(?i)/A', '/a|/b', '^/a$'] as const),
  ...([
    '/a/[^/]+',
    '/[[:alpha:]]+',
    '\\Q/a.b\\E',
    '/a{1,2}b?',
    '/a\\b.*',
    '(?s)/a.b',
    '/.',
    '/a*?',
    '^/b',
  ] as const),
  ...([
    '/(?P<x>a)/(?P<y>b)',
    '/\\pL',
    '(/a)?/b',
    '/[^a]',
    '/a$|/ab$',
    '(?-s:/..)',
    '/a/.*b',
    '/\\d*a',
  ] as const),
] as const

const texts = ['1', '2', '12', 'x', '1,2', 'A', 'a b', '1;q=0', '%31'] as const
const textExpressions = [
  '1.*',
  '[12]',
  '.*',
  '.',
  '[^1]*',
  '*',
  '.+',
  '(?i)a',
  '1|2',
  '',
  '^1$',
  '\\d+',
  'a b?',
] as const

/** How a mesh asks of requests: few values, so that matches meet often; `odd` ones besides where values are the subject. */
export interface MatchOptions {
  readonly chance: Chance
  readonly odd: boolean
  readonly gateways: readonly string[]
}

/** A match, in Istio's own JSON. */
export function randomMatch(options: MatchOptions): Json {
  const { chance, odd, gateways } = options
  const rarely = <T>(value: () => T) => (chance.oneIn(odd ? 4 : 8) ? value() : undefined)
  return withoutUndefined({
    uri: chance.oneIn(8) ? undefined : randomUri(options),
    method: rarely(() => textMatch(chance, ['GET', 'POST', 'P', 'PUT'])),
    scheme: chance.oneIn(30) ? { exact: chance.of(['http', 'https']) } : undefined,
    authority: chance.oneIn(15) ? textMatch(chance, ['a.example', 'b', 'a']) : undefined,
    headers: rarely(() => values(options, ['x', 'Y', 'x-long'])),
    withoutHeaders: rarely(() => values(options, ['x', 'y'])),
    queryParams: rarely(() => values(options, ['q', 'r', 'Q'])),
    port: chance.oneIn(10) ? chance.of([80, 8080]) : undefined,
    ignoreUriCase: chance.oneIn(8) ? true : undefined,
    sourceLabels: chance.oneIn(12)
      ? chance.of([{ app: 'web' }, { app: 'db' }, { istio: 'ingress' }])
      : undefined,
    sourceNamespace: chance.oneIn(14) ? chance.of(['n1', 'n2', 'edge']) : undefined,
    gateways: gateways.length > 0 && chance.oneIn(10) ? chance.some(gateways, 2) : undefined,
  })
}

function randomUri({ chance, odd }: MatchOptions): Json {
  const literal = odd && chance.oneIn(3) ? chance.of(oddLiterals) : chance.of(literals)
  const kind = chance.below(odd ? 12 : 10)
  if (kind < 4) return { exact: literal || '/' }
  if (kind < 8) return { prefix: literal }
  return { regex: chance.of(expressions) }
}

function textMatch(chance: Chance, known: readonly [string, ...string[]]): Json {
  return chance.oneIn(3) ? { prefix: chance.of(known) } : { exact: chance.of(known) }
}

function values({ chance }: MatchOptions, keys: readonly string[]): Json {
  return Object.fromEntries(chance.some(keys, 2).map((key) => [key, randomValue(chance)]))
}

function randomValue(chance: Chance): Json {
  const kind = chance.below(10)
  if (kind < 4) return { exact: chance.of(texts) }
  if (kind < 6) return { prefix: chance.of(['1', 'a', 'A']) }
  const regex = chance.of(textExpressions)
  return regex === '' ? {} : { regex }
}

/** The same without what is not there. */
export function withoutUndefined(fields: Json): Json {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

/** Whatever a request may carry that some match asks for. */
export const vocabulary = {
  paths: [
    ...literals,
    ...oddLiterals.filter((path) => path !== ''),
    '/a/c',
    '/aa',
    '/b/',
    '/x',
    '/a.b.c',
    '/.',
    '/ba',
  ],
  oddPaths: [
    '/x/../a',
    '/./a',
    '/a/%2e%2e/b',
    '/a%62',
    '/%61',
    '/a/./b',
    '/a\\b',
    '/a//..//b',
    '/b/..',
    '/a%2fb',
    '//a',
  ],
  queries: [
    '?q=1',
    '?q=2',
    '?q=12&q=1',
    '?q',
    '?q=',
    '?Q=1',
    '?r=1&q=2',
    '?q=%31',
    '?q=a+b',
    '?&q=1',
    '?q=1=2',
  ],
  headers: ['1', '2', '12', 'x', '1,2', 'A', 'a', 'a b', '', '1;q=0', '%31'],
  methods: ['GET', 'GET', 'GET', 'POST', 'PUT', 'PATCH'],
} as const
