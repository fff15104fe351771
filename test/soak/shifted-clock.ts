// Loaded before a server: its clock is ahead of everybody else's by as many milliseconds as CLOCK_AHEAD says, or behind.
const ahead = Number(process.env['CLOCK_AHEAD'])
const RealDate = Date

class ShiftedDate extends RealDate {
  constructor(...given: readonly [] | readonly [string | number | Date]) {
    if (given.length === 0) super(RealDate.now() + ahead)
    else super(...given)
  }

  static override now(): number {
    return RealDate.now() + ahead
  }
}

globalThis.Date = ShiftedDate as DateConstructor
