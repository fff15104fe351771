/** The payload of a signed event lacks what its name promises: whatever sent it is not the forge as it is known here. */
export class MalformedEvent extends Error {
  override readonly name = 'MalformedEvent'
}
