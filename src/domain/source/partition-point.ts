/** How many of so many places come first, where those that do all stand before those that do not. O(log length). */
export function partitionPoint(length: number, comesFirst: (at: number) => boolean): number {
  let [low, high] = [0, length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (comesFirst(middle)) low = middle + 1
    else high = middle
  }
  return low
}
