import { openAskBox } from './ask-box.ts'
import { openFilters } from './filters.ts'

for (const each of document.querySelectorAll<HTMLElement>('[data-live]')) each.hidden = false
openFilters()
openAskBox()
