import { budgets } from '../../budgets.ts'
import { recentAnswers } from '../recent.ts'
import type { SourceFile } from '../source-file.ts'
import type { YamlDocument, YamlReading } from './yaml-document.ts'

type Known = Map<string, readonly YamlDocument[]>

/** Several ask about the documents of one file, one after the other. */
const recent = recentAnswers<SourceFile, Known>(budgets.parsedText.size, ({ text }) => text.length)

/** What the document at `start` is read as, worked out once for each reader while the file is asked about. */
export function knownDocuments(
  file: SourceFile,
  start: number,
  { id, reader = 'plain' }: YamlReading,
  read: () => readonly YamlDocument[],
): readonly YamlDocument[] {
  const known = recent(file, () => new Map())
  const key = `${reader} ${start} ${id}`
  const found = known.get(key) ?? read()
  known.set(key, found)
  return found
}
