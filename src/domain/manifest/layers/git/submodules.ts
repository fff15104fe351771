import type { JsonValue } from '../../json.ts'
import type { Layer } from '../layer.ts'
import { filesNamed, type SideFiles } from '../side-files.ts'

/** Whatever lies in a submodule is not in this repository, and may be any manifest. */
export function submodules(side: SideFiles): readonly Layer[] {
  return filesNamed(side, /^\.gitmodules$/).map((file) => ({
    kind: 'submodules',
    name: file.path,
    file,
    statements: sectionsOf(file.text).map((what) => ({ what, reach: 'mesh' })),
  }))
}

function sectionsOf(text: string): readonly JsonValue[] {
  return text
    .split(/^[ \t]*(?=\[)/m)
    .map((section) => section.replaceAll(/^[ \t]*[#;].*$/gm, ''))
    .filter((section) => section.trim() !== '')
    .map((section) =>
      section
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    )
}
