// Writes dist/types: what a program that imports the package sees of it.
//
//   npm run build
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { isolatedDeclarationSync } from 'rolldown/experimental'

/** The entry, and all that it says. */
const files = ['index', 'commands/user-error', 'report/page/json/contract']

function declarationOf(file: string): string {
  const { code, errors } = isolatedDeclarationSync(file, readFileSync(file, 'utf8'), { sourcemap: false })
  if (errors.length > 0)
    throw new Error(`${file} does not say the types of what it exports`, { cause: errors })
  return code.replaceAll(/(from ".*)\.ts"/g, '$1.js"')
}

for (const file of files) {
  const target = `dist/types/${file}.d.ts`
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, declarationOf(`src/${file}.ts`))
}
