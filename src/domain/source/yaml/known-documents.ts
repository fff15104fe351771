import { budgets } from '../../budgets.ts'
import { recentAnswers } from '../recent.ts'
import type { SourceFile } from '../source-file.ts'
import type { DocumentText } from './split-documents.ts'
import type { YamlDocument, YamlReading } from './yaml-document.ts'

type Known = Map<string, readonly YamlDocument[]>

/** Several ask about the documents of one file, one after the other. */
const recent = recentAnswers<SourceFile, Known>(budgets.parsedText.size, ({ text }) => text.length)

/**
 * What a document is read as, worked out once for each reader while the file is asked about. The rest of a stream that is refused, and
 * what follows in it, begin at one place.
 */
export function knownDocuments(
  file: SourceFile,
  { start, fault }: DocumentText,
  { id, reader = 'plain' }: YamlReading,
  read: () => readonly YamlDocument[],
): readonly YamlDocument[] {
  const known = recent(file, () => new Map())
  const key = `${reader} ${start} ${fault?.code ?? ''} ${id}`
  const found = known.get(key) ?? read()
  known.set(key, found)
  return found
}
