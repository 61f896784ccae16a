/** The style sheet of a handout: system fonts only, for a screen of any width and for A4 or Letter in black and white. */

const SANS = `system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans","PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC","WenQuanYi Micro Hei",sans-serif`;
const MONO = `ui-monospace,"SF Mono","Cascadia Mono","DejaVu Sans Mono","Liberation Mono",Menlo,Consolas,"Noto Sans Mono CJK SC","Noto Sans CJK SC",monospace`;
const SCREEN = `
:root{color-scheme:light;--ink:#1c2229;--soft:#555f6b;--line:#d4dae1;--pale:#f5f7f9;--host:#0a5a9c;--box:#8f4700;--good:#17653a;--bad:#a3241b;--warm:#fdf8ec;--warmline:#c9962c}
*{box-sizing:border-box}
html{background:#fff;color:var(--ink);font:17px/1.6 ${SANS};-webkit-text-size-adjust:100%}
body{max-width:52rem;margin:0 auto;padding:2rem 1.25rem 4rem}
h1,h2,h3{line-height:1.25;text-wrap:balance}
h1{font-size:2.1rem;margin:.2rem 0 .3rem;letter-spacing:-.015em}
h2{font-size:1.45rem;margin:0 0 .9rem}
h3{font-size:1rem;margin:0 0 .35rem}
p,ul,ol,dl,table,pre,figure{margin:0 0 .9rem}
a{color:var(--host)}
code,pre,kbd,samp{font-family:${MONO};font-size:.86em}
pre code,pre kbd,pre samp{font-size:1em}
:not(pre)>code{background:var(--pale);border:1px solid var(--line);border-radius:3px;padding:.05em .3em;overflow-wrap:anywhere}
pre{white-space:pre-wrap;overflow-wrap:anywhere;line-height:1.45;tab-size:8}
.kicker{color:var(--soft);font-weight:600;margin:0;letter-spacing:.02em}
.edition{display:inline-block;margin-left:.6em;padding:.05em .55em;border:1.5px solid var(--bad);border-radius:4px;color:var(--bad)}
.lead{font-size:1.25rem;color:var(--soft);margin-bottom:1.2rem}
.head{border-bottom:3px solid var(--ink);margin-bottom:1.5rem;padding-bottom:.6rem}
.meta{display:grid;grid-template-columns:auto 1fr auto 1fr;gap:.15rem 1rem;font-size:.88rem}
.meta dt{color:var(--soft)}
.meta dd{margin:0;font-weight:600;overflow-wrap:anywhere}
.machine{font-size:.92rem;border-left:4px solid var(--ink);padding:.1rem 0 .1rem .8rem}
.machine.unsound{border-color:var(--bad);color:var(--bad);font-weight:600}
.contents ol{columns:2;column-gap:2rem;padding-left:1.4em}
.contents li{break-inside:avoid}
.step,.quiz{border-top:1px solid var(--line);margin-top:2.2rem;padding-top:1.6rem}
.number{display:block;color:var(--soft);font-size:.85rem;font-weight:600;letter-spacing:.02em;margin-bottom:.15rem}
.terminal{border:1px solid var(--line);border-left:5px solid var(--host);border-radius:4px;background:var(--pale);overflow:hidden}
.terminal.box{border-left-color:var(--box)}
.terminal figcaption{padding:.25rem .8rem;font-size:.82rem;font-weight:600;color:var(--host);border-bottom:1px solid var(--line)}
.terminal.box figcaption{color:var(--box)}
.terminal pre{margin:0;padding:.55rem .8rem .65rem}
.prompt{color:var(--soft)}
kbd{font-weight:700}
.status{color:var(--soft);font-style:italic}
.picture{border:1px solid var(--line);border-radius:4px;padding:.5rem .8rem}
.picture figcaption{font-size:.85rem;font-weight:600;margin-bottom:.3rem}
.picture pre{margin:0;white-space:pre;overflow-x:auto;line-height:1.2}
.w,.n{display:inline-block;width:1ch;overflow:visible}
.w{width:2ch}
.code{background:var(--pale);border:1px solid var(--line);border-radius:4px;padding:.5rem .8rem}
table{border-collapse:collapse;width:100%;font-size:.88rem}
caption{text-align:left;font-weight:700;padding:0 0 .35rem}
.legend{color:var(--soft);font-weight:400;font-size:.85rem}
th,td{border-bottom:1px solid var(--line);padding:.3rem .6rem .3rem 0;text-align:left;vertical-align:top;overflow-wrap:anywhere}
thead th{border-bottom:2px solid var(--ink)}
tbody th{font-weight:400;color:var(--soft)}
.facts thead th:first-child{width:9.5em}
.ablation tbody th{width:30%}
.facts{table-layout:fixed}
.facts td{font-variant-numeric:tabular-nums}
.differs{font-weight:700}
.changed{font-weight:700}
.was{font-weight:400;color:var(--soft)}
.calls td:first-child{width:50%}
.calls code{background:none;border:0;padding:0}
.calls .page{white-space:nowrap;overflow-wrap:normal}
.failed td{color:var(--bad)}
.event{color:var(--soft);font-size:.92rem}
.question,.answer,aside,.ablation,.checks{border-radius:4px;padding:.7rem .9rem .1rem;margin:0 0 .9rem;border:1px solid var(--line)}
.ablation,.checks{padding-bottom:.4rem}
.question{border:2px dashed var(--soft)}
.answer{border-left:5px solid var(--ink)}
.said{font-weight:700}
aside{background:var(--warm);border-color:var(--warmline)}
aside.note{background:#fff;border:1.5px solid var(--bad)}
aside.error{border-color:var(--bad)}
.choices{list-style:none;padding-left:0}
.choices li{padding:.12rem 0 .12rem 1.7em;text-indent:-1.7em}
.choices li::before{content:"○";display:inline-block;width:1.7em;text-indent:0}
.choices.pen li::before,.choices.order li::before{content:"☐"}
.choices.marked li{padding-left:0;text-indent:0}
.choices.marked li::before{content:none}
.because{margin-left:1.7em;color:var(--soft)}
.checks ul{list-style:none;padding-left:0}
.good{color:var(--good);font-weight:700;white-space:nowrap}
.bad{color:var(--bad);font-weight:700;white-space:nowrap}
.unsure{font-weight:700;white-space:nowrap}
.help{border-left:3px solid var(--bad);padding-left:.9rem;margin-top:.5rem;font-size:.94rem}
.help dt{font-weight:700;margin-top:.4rem}
.help dd{margin:0}
.questions{padding-left:1.5em}
.questions>li{margin-bottom:1.1rem}
.ask>:last-child{margin-bottom:.2rem}
.room{border-bottom:1.5px solid var(--soft);height:2.2em;max-width:26rem}
.other::before{content:" · ";color:var(--soft)}
div[lang]+div[lang]{border-left:2px solid var(--line);padding-left:.8rem}
`;

const PRINT = `
@media (max-width:34rem){.meta{grid-template-columns:auto 1fr}.contents ol{columns:1}}
@media print{
html{font-size:10.5pt;line-height:1.5}
body{max-width:none;padding:0}
h1{font-size:24pt}
h2{font-size:15pt}
a{color:inherit}
.step,.quiz{break-before:page;border:0;margin:0;padding:0}
.contents{break-after:auto}
h1,h2,h3,caption,figcaption{break-after:avoid}
tr,li,.question,.answer,aside,.checks>ul>li,dt,thead{break-inside:avoid}
dt{break-after:avoid}
table.short,figure.short,.checks.short,.ablation{break-inside:avoid}
p:has(+figure),p:has(+table),p:has(+.question){break-after:avoid}
thead{display:table-header-group}
p{orphans:3;widows:3}
pre{orphans:4;widows:4}
pre,.calls{font-size:9pt}
.picture pre{overflow:hidden;font-size:7.6pt}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
`;

/** A string in CSS: everything but letters and digits by its code point. */
function quoted(text: string): string {
  return `"${text.replace(/[^\p{L}\p{N} ]/gu, char => `\\${char.codePointAt(0)?.toString(16)} `)}"`;
}

/** @param left,right of the running head in print; plain text */
export function styleSheet({left, right}: {left: string; right: string}): string {
  const box = `font:8pt ${SANS};color:#555f6b`;
  return `${SCREEN}${PRINT}@page{margin:20mm 16mm 18mm;
@top-left{content:${quoted(left)};${box}}
@top-right{content:${quoted(right)};${box}}
@bottom-right{content:counter(page) " / " counter(pages);${box}}}
@page:first{@top-left{content:none}@top-right{content:none}}
`;
}
