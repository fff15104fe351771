/** Headers by their names in small letters, as Envoy knows them. */
export function headersByName(written: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(written).map(([name, value]) => [name.toLowerCase(), value]))
}
