/** Milliseconds between one failed attempt to reach the forge and the next; after the last of them it is given up. */
export const patience = [2_000, 10_000] as const
