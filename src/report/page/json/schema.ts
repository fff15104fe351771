/** The name of the contract; a change that could break a reader changes it. */
export const schema = 'firebreak/1' as const
