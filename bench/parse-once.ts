import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadAll } from 'js-yaml'

/** The floor of a cold check: what another library takes to parse every manifest of a folder once, in a process of its own. */
const [, , folder = '.'] = process.argv
const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.yaml'))
  .map((path) => readFileSync(join(folder, path), 'utf8'))
const start = process.cpuUsage()
for (const text of texts) loadAll(text)
const { user, system } = process.cpuUsage(start)
console.log(JSON.stringify({ milliseconds: (user + system) / 1000 }))
