/** How a word of the terminal's text stands out. */
export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan'

/** Colours a text; `util.styleText` of Node fits. The text holds no terminal controls but those that this adds. */
export type Paint = (style: Style, text: string) => string

/** No colours: for files, pipes and tests. */
export const plain: Paint = (_, text) => text
