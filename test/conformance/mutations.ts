/** One wrong thing in the engine: a text of one of its files, and what stands there instead. */
export interface Mutation {
  readonly name: string
  readonly file: string
  readonly from: string
  readonly to: string
}

/** Each is a mistake about merging or matching that somebody could make. */
export const mutations: readonly Mutation[] = [
  {
    name: 'a secondary inherits nothing',
    file: 'src/domain/routing/merge-http-routes.ts',
    from: '...inheritedFields(primary, version),',
    to: '',
  },
  {
    name: 'no two matches conflict',
    file: 'src/domain/routing/merge-http-routes.ts',
    from: "if (matches.kind === 'conflict') return { ...matches, secondaryEntry }",
    to: "if (matches.kind === 'conflict') return { kind: 'merged', secondaryEntry, http: secondary }",
  },
  {
    name: 'a prefix is a whole path',
    file: 'src/domain/routing/explain/compiled-routes.ts',
    from: '(path) => fold(path).startsWith(wanted)',
    to: '(path) => fold(path) === wanted',
  },
  {
    name: 'a prefix of a value may stand anywhere in it',
    file: 'src/domain/match/request-matches.ts',
    from: "value.startsWith(matcher.prefix ?? '')",
    to: "value.includes(matcher.prefix ?? '')",
  },
  {
    name: 'catch-alls of several VirtualServices stay where they are',
    file: 'src/domain/routing/explain/explain-host.ts',
    from: 'separate ? [isOrdinary, isLast] : [anyRoute]',
    to: '[anyRoute]',
  },
  {
    name: 'a header that is missing satisfies no withoutHeaders',
    file: 'src/domain/match/request-matches.ts',
    from: "if (value === undefined) return missingSatisfies && !valueHolds(unwanted, '')",
    to: 'if (value === undefined) return false',
  },
  {
    name: 'the shortest wildcard is chosen',
    file: 'src/domain/routing/explain/host-index.ts',
    from: '.toSorted((a, b) => b - a)\n',
    to: '.toSorted((a, b) => a - b)\n',
  },
]
