/** Remembers what is immutable; forgets what was longest unused once the sum of weights exceeds the capacity. */
export interface BoundedCache<T> {
  /** The remembered value, or what `load` gives. Callers at the same time share one load; a failed one is forgotten. */
  get(key: string, load: () => Promise<T>): Promise<T>
  /** The same where it is remembered already; it counts as no use of it. */
  known(key: string): Promise<T> | undefined
}

interface Slot<T> {
  readonly value: Promise<T>
  weight: number
}

export interface BoundedCacheOptions<T> {
  readonly capacity: number
  readonly weigh: (value: T) => number
  /** Is told of every question, and whether the answer was remembered. */
  readonly onLookup?: (found: 'hit' | 'miss') => void
}

export function createBoundedCache<T>({
  capacity,
  weigh,
  onLookup,
}: BoundedCacheOptions<T>): BoundedCache<T> {
  const slots = new Map<string, Slot<T>>()
  let total = 0

  function forget(key: string): void {
    total -= slots.get(key)?.weight ?? 0
    slots.delete(key)
  }

  function makeRoom(): void {
    for (const key of slots.keys()) {
      if (total <= capacity) return
      forget(key)
    }
  }

  function remember(key: string, slot: Slot<T>): void {
    slots.set(key, slot)
    slot.value.then(
      (value) => {
        if (slots.get(key) !== slot) return
        slot.weight = weigh(value)
        total += slot.weight
        makeRoom()
      },
      () => {
        if (slots.get(key) === slot) forget(key)
      },
    )
  }

  return {
    known: (key) => slots.get(key)?.value,
    get(key, load) {
      const known = slots.get(key)
      onLookup?.(known === undefined ? 'miss' : 'hit')
      if (known === undefined) {
        const slot = { value: load(), weight: 0 }
        remember(key, slot)
        return slot.value
      }
      slots.delete(key)
      slots.set(key, known)
      return known.value
    },
  }
}
