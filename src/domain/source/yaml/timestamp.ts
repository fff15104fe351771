const pattern =
  /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})(?:(?<sep>[Tt ])(?<hour>\d{1,2}):(?<minute>\d{1,2}):(?<second>\d{1,2})(?<fraction>[.,]\d+)?(?<zone>Z|[-+]\d{2}:\d{2})?)?$/

/** A timestamp of YAML 1.1 as far as go-yaml knows them, in the form of RFC 3339; undefined where the text is none. */
export function timestampOf(text: string): string | undefined {
  const found = pattern.exec(text)?.groups
  if (found === undefined) return undefined
  const { year = '', sep, zone, fraction = '' } = found
  // With a space there is no time zone, with a `T` there must be one.
  if (sep !== undefined && (sep === ' ') !== (zone === undefined)) return undefined
  const [month, day, hour, minute, second] = ['month', 'day', 'hour', 'minute', 'second'].map((name) =>
    (found[name] ?? '').padStart(2, '0'),
  )
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  if (Number.isNaN(date.getTime()) || date.getUTCDate() !== Number(day) || hour === '24') return undefined
  const rest = fraction
    .replace(',', '.')
    .slice(0, 10)
    .replace(/\.?0+$/, '')
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${rest}${zone ?? 'Z'}`
}
