// Makes a release here, and publishes nothing: whoever owns the account pushes what it has made.
//
//   npm run release -- [--dry-run] [major | minor | patch | X.Y.Z]   without a version: the one of package.json
//   npm run release -- --verify vX.Y.Z                               whether a tag holds what its sources give
//
// All of it happens in a working tree of its own, so that a release that fails has not begun. The tag carries the package
// as it is installed, and no sources: GitHub runs an Action, and pre-commit a hook, from the tree of a tag. Its parent is the
// commit that it was built of.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

const { values, positionals } = parseArgs({
  options: { 'dry-run': { type: 'boolean' }, verify: { type: 'string' } },
  allowPositionals: true,
})

const out = resolve('release')
const place = mkdtempSync(join(tmpdir(), 'firebreak-release-'))
/** Named after the project, for the bill of materials says the name of the folder. */
const tree = join(place, 'firebreak')

function run(program: string, args: readonly string[], environment: Record<string, string> = {}): string {
  const env = { ...process.env, ...environment }
  const stdio = ['ignore', 'pipe', 'inherit'] as const
  return execFileSync(program, args, { cwd: tree, encoding: 'utf8', env, stdio: [...stdio] }).trim()
}

function git(...args: readonly string[]): string {
  return execFileSync('git', args, { encoding: 'utf8' }).trim()
}

/** GitHub reads what is to be done about a tag from the tree of the tag itself. */
const alsoTagged = '.github/workflows/release.yml'

/** What the changelog says of what was not released yet; under the version from now on. */
function takeNotes(version: string, day: string): string {
  const path = join(tree, 'CHANGELOG.md')
  const [head = '', rest = ''] = readFileSync(path, 'utf8').split('## Unreleased\n')
  const [notes = ''] = rest.split(/^## /m)
  if (notes.trim() === '') throw new Error('CHANGELOG.md says nothing under "Unreleased".')
  writeFileSync(path, `${head}## Unreleased\n\n## ${version} (${day})\n${rest}`)
  return notes.trim()
}

function checkOut(commit: string): void {
  git('worktree', 'add', '--quiet', '--detach', tree, commit)
  symlinkSync(resolve('node_modules'), join(tree, 'node_modules'))
}

/** Writes the tarball into the folder, and returns its name. */
function pack(folder: string): string {
  const written = run('npm', ['pack', '--json', '--silent', '--pack-destination', folder])
  const [packed] = JSON.parse(written.slice(written.indexOf('['))) as readonly { readonly filename: string }[]
  if (packed === undefined) throw new Error('npm has packed nothing.')
  return packed.filename
}

/** The tree that a tag is to have: what the tarball holds. */
function treeOf(tarball: string): string {
  const unpacked = join(place, 'unpacked')
  mkdirSync(unpacked)
  execFileSync('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1'])
  cpSync(join(tree, alsoTagged), join(unpacked, alsoTagged), { recursive: true })
  const environment = {
    GIT_INDEX_FILE: join(place, 'index'),
    GIT_WORK_TREE: unpacked,
    GIT_DIR: run('git', ['rev-parse', '--absolute-git-dir']),
  }
  execFileSync('git', ['add', '--all', '--force', '.'], {
    cwd: unpacked,
    env: { ...process.env, ...environment },
  })
  return run('git', ['write-tree'], environment)
}

function writeSums(names: readonly string[]): void {
  const sums = names.map((name) => {
    const sum = createHash('sha256')
      .update(readFileSync(join(out, name)))
      .digest('hex')
    return `${sum}  ${name}\n`
  })
  writeFileSync(join(out, 'SHA256SUMS'), sums.join(''))
}

interface Component {
  readonly 'bom-ref': string
  readonly properties?: readonly { readonly name: string; readonly value: string }[]
}

function isForDevelopment({ properties = [] }: Component): boolean {
  return properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true')
}

/** What is bundled, as CycloneDX. Not by `--omit dev`, which leaves out what development needs as well. */
function billOfMaterials(): object {
  const bill = JSON.parse(run('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'])) as {
    readonly components: readonly Component[]
    readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[]
  }
  const left = new Set(bill.components.filter(isForDevelopment).map((each) => each['bom-ref']))
  return {
    ...bill,
    components: bill.components.filter((each) => !left.has(each['bom-ref'])),
    dependencies: bill.dependencies
      .filter(({ ref }) => !left.has(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => !left.has(each)) })),
  }
}

/** What is published beside the tag; returns the name of the tarball. */
function writeAssets(version: string, notes: string): string {
  rmSync(out, { recursive: true, force: true })
  mkdirSync(out)
  const tarball = pack(out)
  const materials = `firebreak-${version}.cdx.json`
  writeFileSync(join(out, materials), `${JSON.stringify(billOfMaterials(), null, 2)}\n`)
  writeFileSync(join(out, 'notes.md'), `${notes}\n`)
  writeSums([tarball, materials])
  return tarball
}

function release(dry: boolean, wanted: string | undefined): void {
  if (!dry && git('status', '--porcelain') !== '')
    throw new Error('There is something that is not committed.')
  checkOut('HEAD')
  if (wanted !== undefined) run('npm', ['version', wanted, '--no-git-tag-version', '--allow-same-version'])
  const { version } = JSON.parse(readFileSync(join(tree, 'package.json'), 'utf8')) as { version: string }
  const tag = `v${version}`
  if (git('tag', '--list', tag) !== '') throw new Error(`${tag} is there already.`)
  const notes = takeNotes(version, new Date().toISOString().slice(0, 10))
  run('git', ['commit', '--quiet', '--all', '--message', `chore: release ${version}`])
  const source = run('git', ['rev-parse', 'HEAD'])
  const tarball = writeAssets(version, notes)
  const packed = run('git', [
    ...['commit-tree', treeOf(join(out, tarball)), '-p', source],
    ...['-m', `chore: the package ${version}, as it is installed`],
  ])
  say({ version, tag, notes, source, packed })
  if (dry) {
    console.log('\nA dry run: no branch was moved, and no tag made.')
    return
  }
  git('merge', '--quiet', '--ff-only', source)
  git('tag', '--annotate', '--message', `Firebreak ${version}`, tag, packed)
  console.log(`\nTo publish it: git push --atomic origin HEAD ${tag}`)
}

function say(made: Readonly<Record<'version' | 'tag' | 'notes' | 'source' | 'packed', string>>): void {
  console.log(`version    ${made.version}`)
  console.log(`changelog  ${made.notes.split('\n').length} lines, in release/notes.md`)
  console.log(`commit     ${made.source.slice(0, 12)}, of these sources`)
  console.log(`tag        ${made.tag} on ${made.packed.slice(0, 12)}, of the package as it is installed`)
  console.log(readFileSync(join(out, 'SHA256SUMS'), 'utf8').trim())
}

/** Throws where a tag holds anything but what its parent gives. */
function verify(tag: string): void {
  checkOut(git('rev-parse', '--verify', `${tag}^{commit}^`))
  const { version } = JSON.parse(readFileSync(join(tree, 'package.json'), 'utf8')) as { version: string }
  if (tag !== `v${version}`) throw new Error(`${tag} was made of version ${version}.`)
  const notes = readFileSync(join(tree, 'CHANGELOG.md'), 'utf8')
    .split(/^## /m)
    .find((each) => each.startsWith(`${version} `))
  if (notes === undefined) throw new Error(`CHANGELOG.md says nothing of ${version}.`)
  const tarball = writeAssets(version, notes.split('\n').slice(1).join('\n').trim())
  const [ours, theirs] = [treeOf(join(out, tarball)), git('rev-parse', `${tag}^{tree}`)]
  if (ours !== theirs) throw new Error(`${tag} holds ${theirs}, and its sources give ${ours}.`)
  console.log(`${tag} holds what its sources give; what is published with it lies in release/.`)
}

try {
  if (values.verify === undefined) release(values['dry-run'] === true, positionals[0])
  else verify(values.verify)
} finally {
  rmSync(place, { recursive: true, force: true })
  git('worktree', 'prune')
}
