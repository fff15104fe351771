/** How a fault of a YAML text is told. */
export interface FaultWording {
  /** What is wrong; `syntax` where the grammar does not know it. */
  readonly syntax?: string
  readonly message?: (detail: string) => string
  readonly advice?: string
}

/** A fault as a sentence, and what to do about it. */
export interface FaultWords {
  readonly message: string
  readonly advice?: string
}

/** The words for one fault; `detail` is what was written there, where the message names it. */
export function faultWords({ syntax, message, advice }: FaultWording, detail: string): FaultWords {
  const said = message?.(detail) ?? `YAML does not parse: ${syntax}`
  return { message: said, ...(advice !== undefined && { advice }) }
}
