/** The same value in texts of its own: a text that was cut out of another holds on to all of that one, which may be a piece of a log. */
export function detached<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value))
}
