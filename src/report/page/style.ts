/** Light and dark by what the reader's system asks for; paper is always light. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#ffffff, #0d1117); --text: light-dark(#1f2328, #e6edf3); --muted: light-dark(#59636e, #9aa4af);
  --line: light-dark(#c8d1da, #3d444d); --soft: light-dark(#f3f5f8, #161b22); --link: light-dark(#0757ba, #6cb0ff);
  --good: light-dark(#1a7f37, #3fb950); --wait: light-dark(#9a6700, #d29922); --bad: light-dark(#c21c2b, #ff7b72);
  --more: light-dark(#d8f5de, #12311c); --less: light-dark(#ffe5e3, #3c1618); --mark: light-dark(#8a3ffc, #c9a3ff);
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 78rem; padding: 1.2rem 1rem 4rem; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: .5rem; background: var(--ground); padding: .3rem .6rem; }
header { border-left: .45rem solid var(--verdict, var(--muted)); padding-left: .9rem; margin-bottom: 1rem; }
header:has(.ok) { --verdict: var(--good); } header:has(.waiting) { --verdict: var(--wait); } header:has(.blocked) { --verdict: var(--bad); }
h1 { font-size: 1.45rem; line-height: 1.3; margin: 0; } h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; } h3 { font-size: 1rem; margin: 1rem 0 .4rem; } h4 { font-size: .9rem; margin: 0 0 .3rem; color: var(--muted); }
header p { margin: .3rem 0 0; }
nav ul { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; list-style: none; padding: 0; margin: .8rem 0; font-size: .9rem; }
main:focus { outline: none; }
p, li { max-width: 52rem; } li { margin: .35rem 0; }
code, pre { font: .875em/1.45 ui-monospace, SFMono-Regular, Menlo, monospace; background: var(--soft); border-radius: .3em; }
code { padding: .1em .3em; } td code { display: inline-block; max-width: 100%; } pre { padding: .7rem; overflow-x: auto; white-space: pre; overflow-wrap: normal; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--muted); font-weight: 600; overflow-wrap: normal; } .changes td:nth-child(2) { min-width: 8rem; } .changes td:nth-child(3), .changes td:nth-child(4) { min-width: 9.5rem; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: .4rem; padding: 0 .7rem; margin: .5rem 0; }
.scroll table { overflow-wrap: normal; } .scroll td, .scroll th { white-space: nowrap; } .scroll tr:last-child td { border-bottom: 0; }
.lines { font-size: .85rem; } .lines td { font-family: ui-monospace, SFMono-Regular, Menlo, monospace; padding-block: .2rem; }
.lines td:first-child { padding-left: .4rem; width: 1.4rem; } tr.more { background: var(--more); } tr.less { background: var(--less); } tr.unreached td:not(:first-child) { color: var(--muted); } .lines .tag { font: 600 .95em system-ui, sans-serif; margin-left: .5rem; }
.place, .hint, .count { color: var(--muted); font-size: .88rem; }
.tag { font-weight: 600; color: var(--mark); } .blocks { color: var(--bad); font-weight: 600; }
details { margin: .4rem 0; } summary { cursor: pointer; padding: .15rem 0; } details[data-group] details[data-group] { margin-left: 1rem; }
form { display: flex; flex-wrap: wrap; gap: .6rem .9rem; align-items: end; background: var(--soft); border: 1px solid var(--line); border-radius: .4rem; padding: .8rem; }
label { display: grid; gap: .2rem; font-size: .85rem; font-weight: 600; } label.wide { flex: 1 1 22rem; }
form details { flex: 1 1 100%; } form details > label { margin-top: .5rem; max-width: 32rem; }
input, select, textarea, button { font: inherit; font-weight: 400; color: inherit; background: var(--ground); border: 1px solid var(--muted); border-radius: .35rem; padding: .35rem .55rem; max-width: 100%; min-width: 0; min-height: 2.35rem; }
input, textarea { width: 100%; font-family: ui-monospace, SFMono-Regular, Menlo, monospace; font-size: .95rem; } select { max-width: 15rem; }
button { cursor: pointer; font-weight: 600; } form .hint { flex: 1 1 100%; margin: 0; max-width: none; }
#ask-answer { margin-top: .6rem; } .both { display: grid; gap: .8rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr)); }
.side { border: 1px solid var(--line); border-radius: .4rem; padding: .6rem .8rem; } .side p { margin: .1rem 0; } .where { color: var(--muted); font-size: .88rem; }
.route { font-weight: 600; } .remark { font-weight: 600; color: var(--wait); } .differs { color: var(--mark); font-weight: 600; } .mistake { color: var(--bad); font-weight: 600; }
.side ul { padding-left: 1.1rem; font-size: .88rem; }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1rem; list-style: none; padding: 0; font-size: .88rem; } .legend li { display: flex; gap: .4rem; align-items: center; margin: 0; }
.sign { display: inline-grid; place-items: center; width: 1.25rem; height: 1.25rem; border: 2px solid var(--text); border-radius: .25rem; font-weight: 700; line-height: 1; }
.sign.added { border-color: var(--good); border-width: 3px; } .sign.removed { border-color: var(--bad); border-style: dashed; } .sign.changed { border-color: var(--mark); border-width: 3px; } .sign.renamed { border-color: var(--mark); border-style: dashed; } .sign.missing { border-color: var(--bad); border-style: dotted; }
.shared { position: absolute; }
.graph { display: block; font: 13px system-ui, sans-serif; margin: .6rem 0; }
.graph text { fill: var(--text); } .graph .name { font: 600 13px ui-monospace, SFMono-Regular, Menlo, monospace; } .graph .team { font-size: 12px; fill: var(--muted); }
.graph .label { text-anchor: middle; font: 11.5px ui-monospace, SFMono-Regular, Menlo, monospace; paint-order: stroke; stroke: var(--ground); stroke-width: 4px; }
.graph .box { fill: var(--soft); stroke: var(--muted); } .graph path { fill: none; stroke: var(--muted); stroke-width: 1.3; }
.node.added .box { stroke: var(--good); stroke-width: 2.5; } .node.changed .box { stroke: var(--mark); stroke-width: 2.5; } .node.removed .box { stroke: var(--bad); stroke-dasharray: 6 4; stroke-width: 1.6; } .node.renamed .box { stroke: var(--mark); stroke-dasharray: 6 4; stroke-width: 2; } .node.missing .box { stroke: var(--bad); stroke-dasharray: 2 3; stroke-width: 2; } .node.left .box { stroke-dasharray: 2 4; fill: none; }
.graph path.added { stroke: var(--good); stroke-width: 2.5; } .graph path.changed { stroke: var(--mark); stroke-width: 2.5; } .graph path.removed { stroke: var(--bad); stroke-dasharray: 6 4; } .graph path.renamed { stroke: var(--mark); stroke-dasharray: 6 4; stroke-width: 2; } .graph path.missing, .graph path.broken { stroke: var(--bad); stroke-dasharray: 2 3; stroke-width: 2; }
.pale { opacity: .18; }
.gap { fill: var(--ground); }
.hue0 { fill: light-dark(#0b66c3, #58a6ff); } .hue1 { fill: light-dark(#b35900, #f0883e); } .hue2 { fill: light-dark(#1a7f37, #56d364); } .hue3 { fill: light-dark(#8250df, #bc8cff); } .hue4 { fill: light-dark(#c2255c, #ff7eb6); }
.hue5 { fill: light-dark(#0f7b7b, #39d0d0); } .hue6 { fill: light-dark(#8a6d00, #e3c341); } .hue7 { fill: light-dark(#5a4a42, #c4b1a6); } .hue8 { fill: light-dark(#3f5bd9, #9fb3ff); } .hue9 { fill: light-dark(#5c7c00, #b4d455); }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
[hidden] { display: none !important; }
@media (max-width: 40rem) {
  body { padding-inline: .7rem; } label, label.wide, select { flex: 1 1 100%; max-width: none; width: 100%; } form > label { flex: 1 1 45%; }
  .changes thead { display: none; } .changes tr { display: grid; grid-template-columns: 1fr 1fr; border-bottom: 1px solid var(--line); padding: .5rem 0; gap: .1rem .7rem; }
  .changes td { border: 0; padding: 0; } .changes td::before { content: attr(data-label); display: block; color: var(--muted); font-size: .8rem; font-weight: 600; } .changes .whole { grid-column: 1 / -1; }
}
@media print {
  :root { color-scheme: light; } nav, .skip, #filters-section h2, #filters-section noscript, #filters, #ask { display: none; } details:not([open]) > summary::after { content: ' (folded, not printed)'; color: var(--muted); } body { max-width: none; padding: 0; font-size: 11pt; }
  .scroll { overflow: visible; border: 0; padding: 0; } .scroll td, .scroll th { white-space: normal; } .graph { max-width: 100%; height: auto; } tr, .graph { break-inside: avoid; }
}
`
