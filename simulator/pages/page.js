// Draws the diagrams of the page. A diagram that cannot be drawn keeps its source, and says so, as on GitHub.
const { mermaid } = globalThis
const theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'default'
mermaid?.initialize({ startOnLoad: false, securityLevel: 'strict', theme })

async function draw(block, at) {
  const source = block.querySelector('.mermaid-source')
  try {
    const { svg } = await mermaid.render(`diagram-${at}`, source.textContent)
    const picture = document.createElement('div')
    picture.className = 'mermaid-picture'
    picture.innerHTML = svg
    block.replaceChildren(picture)
    block.dataset.state = 'drawn'
  } catch {
    const note = document.createElement('p')
    note.className = 'mermaid-note'
    note.textContent = 'Unable to render rich display'
    block.prepend(note)
    block.dataset.state = 'failed'
  }
}

for (const [at, block] of [...document.querySelectorAll('.mermaid-diagram')].entries()) {
  if (mermaid) await draw(block, at)
}
document.documentElement.dataset.ready = 'true'
