const exits = `
Exit codes:
  0  nothing forbids it
  1  blocked, or an approval is needed
  2  an option is wrong, or a path cannot be read
`

/** What follows the options of a command in its `--help`: command lines to copy, with what each is for. */
export function examples(lines: Readonly<Record<string, string>>): string {
  const width = Math.max(...Object.keys(lines).map(({ length }) => length))
  const all = Object.entries(lines).map(([line, use]) =>
    width + use.length + 4 > 80 ? `  ${line}\n      ${use}` : `  ${line.padEnd(width)}  ${use}`,
  )
  return `\nExamples:\n${all.join('\n')}\n`
}

/** The same with how `check` ends. */
export function examplesAndExits(lines: Readonly<Record<string, string>>): string {
  return examples(lines) + exits
}
