import { createHash } from 'node:crypto'
import { type Html, trusted } from './html.ts'

const shapes = {
  check: '<path d="M3 8.5l3.4 3.5L13 4.5"/>',
  cross: '<path d="M4 4l8 8M12 4l-8 8"/>',
  dot: '<circle cx="8" cy="8" r="3.2" fill="currentColor"/>',
  ring: '<circle cx="8" cy="8" r="5"/>',
  alert: '<path d="M8 2.2L14.5 13.5H1.5zM8 6.5v3.2M8 11.4v.4"/>',
  info: '<circle cx="8" cy="8" r="6"/><path d="M8 7.2v4M8 4.6v.4"/>',
  skip: '<circle cx="8" cy="8" r="6"/><path d="M5 11l6-6"/>',
  pull: '<circle cx="4" cy="3.6" r="1.6"/><circle cx="4" cy="12.4" r="1.6"/><circle cx="12" cy="12.4" r="1.6"/><path d="M4 5.2v5.6M12 10.8V6.2a2 2 0 0 0-2-2H7.6M9.4 2.2l-2 2 2 2"/>',
  merge:
    '<circle cx="4" cy="3.6" r="1.6"/><circle cx="4" cy="12.4" r="1.6"/><circle cx="12" cy="8" r="1.6"/><path d="M4 5.2v5.6M4.4 5.2C5 7 7 8 10.4 8"/>',
  commit: '<circle cx="8" cy="8" r="2.6"/><path d="M1.5 8h3.9M10.6 8h3.9"/>',
  comment: '<path d="M2 3h12v8H8.5L5.5 13.5V11H2z"/>',
  eye: '<path d="M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8z"/><circle cx="8" cy="8" r="1.9"/>',
  file: '<path d="M4 1.8h5l3 3v9.4H4zM9 1.8v3h3"/>',
  repository:
    '<path d="M3.5 13V3.2A1.4 1.4 0 0 1 4.9 1.8h7.6v9.4H4.9A1.4 1.4 0 0 0 3.5 13a1.4 1.4 0 0 0 1.4 1.2h7.6v-3"/>',
  branch:
    '<circle cx="5" cy="3.6" r="1.6"/><circle cx="5" cy="12.4" r="1.6"/><circle cx="11.4" cy="5" r="1.6"/><path d="M5 5.2v5.6M11.4 6.6c0 2.4-6.4 1.4-6.4 4"/>',
  people:
    '<circle cx="6" cy="5" r="2.4"/><path d="M1.8 13c.4-2.8 2-4.2 4.2-4.2s3.8 1.4 4.2 4.2M10.6 2.8a2.3 2.3 0 0 1 0 4.4M11.6 9c1.5.5 2.4 1.8 2.7 4"/>',
  list: '<path d="M5.5 4h8M5.5 8h8M5.5 12h8M2.4 4h.2M2.4 8h.2M2.4 12h.2"/>',
  pencil: '<path d="M3 13l.6-2.8 7.2-7.2 2.2 2.2L5.8 12.4z"/>',
} as const

/** The name of an icon. */
export type IconName = keyof typeof shapes

/** A drawing of sixteen by sixteen in the colour of the text around it. */
export function icon(name: IconName): Html {
  return trusted(
    `<svg class="icon" viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${shapes[name]}</svg>`,
  )
}

/** The picture of an account: five by five fields and a colour, drawn from its name. */
export function avatarSvg(login: string): string {
  const digest = createHash('sha256').update(login.toLowerCase()).digest()
  const hue = ((digest[0] ?? 0) * 360) / 256
  const fields: string[] = []
  for (let at = 0; at < 15; at += 1) {
    if ((digest[at + 1] ?? 0) % 2 === 0) continue
    const row = at % 5
    const column = Math.floor(at / 5)
    for (const x of new Set([column, 4 - column])) fields.push(`M${x + 0.5} ${row + 0.5}h1v1h-1z`)
  }
  const body = `<rect width="6" height="6" fill="#f0f0f0"/><path fill="hsl(${hue.toFixed(0)} 55% 55%)" d="${fields.join('')}"/>`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 6 6" shape-rendering="crispEdges">${body}</svg>`
}
