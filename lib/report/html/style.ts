/** The report's own look: no font and no picture is fetched. */
export const STYLE = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1b1f24;--soft:#535c66;--line:#d4d9df;--wash:#f3f5f8;--accent:#0b57a4;--good:#e6f1fb;--shade:#9aa5b1;--code:#eceff3;
--s0:#0b57a4;--s1:#a33b00;--s2:#2c6e2f;--s3:#7a3aa1;--s4:#8a1c4a;--s5:#4b5563;--s6:#00696f;--s7:#75591a;--tangible:#2f6fb3;--intangible:#d98c3a}
@media (prefers-color-scheme:dark){:root{--paper:#14181d;--ink:#e8ebef;--soft:#a9b3be;--line:#3a424c;--wash:#1d232a;--accent:#7db8f5;--good:#172b40;--shade:#000;--code:#262e38;
--s0:#7db8f5;--s1:#ff9e6b;--s2:#86d18a;--s3:#cfa2f0;--s4:#f59ac0;--s5:#b6c0cc;--s6:#64d3da;--s7:#e2c37a;--tangible:#5a9ee0;--intangible:#e6a867}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei","WenQuanYi Zen Hei",sans-serif}
main,.bar{max-width:1280px;margin:0 auto;padding:0 20px}
.bar{display:flex;justify-content:space-between;align-items:center;gap:12px;padding-top:14px;flex-wrap:wrap}
.bar strong{letter-spacing:.04em}
fieldset.languages{border:0;margin:0;padding:0;display:flex;gap:4px}
fieldset.languages label{padding:4px 10px;border:1px solid var(--line);border-radius:6px;cursor:pointer}
fieldset.languages input{accent-color:var(--accent)}
.skip{position:absolute;left:-9999px}.skip:focus{left:12px;top:8px;background:var(--paper);padding:6px}
h1{font-size:1.9rem;line-height:1.2;margin:18px 0 8px}
h2{font-size:1.45rem;margin:44px 0 8px;padding-top:12px;border-top:3px solid var(--ink)}
h3{font-size:1.12rem;margin:32px 0 6px}
p{margin:6px 0;max-width:76ch}p,li,h1,h2,summary,.sub{overflow-wrap:anywhere}.charts>*{min-width:0}
.note,.facts{color:var(--soft);font-size:.92rem}
a{color:var(--accent)}
nav ul{display:flex;flex-wrap:wrap;gap:4px 18px;padding:0;margin:6px 0;list-style:none}
.decision{background:var(--good);border-left:6px solid var(--accent);border-radius:4px;padding:14px 20px;margin:12px 0}
.decision .option{font-size:1.5rem;font-weight:650;margin:0}
.decision .cost{font-size:1.15rem}
ul{padding-left:1.2em;margin:6px 0;max-width:90ch}
.scroll{overflow-x:auto;max-width:100%;scrollbar-width:thin;background:linear-gradient(90deg,var(--paper) 30%,transparent) 0/48px 100% local no-repeat,linear-gradient(270deg,var(--paper) 30%,transparent) 100%/48px 100% local no-repeat,linear-gradient(90deg,var(--shade),transparent) 0/14px 100% no-repeat,linear-gradient(270deg,var(--shade),transparent) 100%/14px 100% no-repeat}
.panel .scroll{background:none}
.scroll:focus-visible,summary:focus-visible,input:focus-visible,button:focus-visible,a:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
table{border-collapse:collapse;width:100%;font-size:.875rem;font-variant-numeric:tabular-nums;margin:8px 0}
caption{text-align:left;font-weight:600;padding:4px 0}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
th,td{text-align:left;vertical-align:top;padding:5px 9px 5px 0;border-bottom:1px solid var(--line)}
thead th{word-break:keep-all;color:var(--soft);font-weight:600;vertical-align:bottom;min-width:3.4em}
tbody th{font-weight:600;min-width:8rem}td.wide{min-width:11rem}
th.figure,td.figure{text-align:right}td.figure{white-space:nowrap}
.sub{display:block;color:var(--soft);font-weight:400;font-size:.85rem}
tr.chosen>*{background:var(--good)}
figure{margin:18px 0}
figcaption{font-weight:600;margin-bottom:4px}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,470px),1fr));gap:4px 32px}
svg.chart{display:block;width:100%;max-width:680px;min-width:460px;height:auto}
svg text{font-size:13px;fill:var(--ink)}
svg text.tick{fill:var(--soft)}svg text.value{font-variant-numeric:tabular-nums}
.grid{stroke:var(--line);stroke-width:1}
.lead{stroke:var(--soft);stroke-width:1.2}.dot{stroke:var(--paper);stroke-width:1.5}.range,.mark{stroke:var(--ink);stroke-width:1.6;fill:none}.mark{stroke-width:2.4}
.line{fill:none;stroke-width:2.4}
.tangible{fill:var(--tangible)}.intangible{fill:var(--intangible)}.at-low{fill:var(--tangible)}.at-high{fill:var(--intangible)}
.hollow{fill:var(--paper);stroke-width:2.4}
${[0, 1, 2, 3, 4, 5, 6, 7].map((n) => `.series-${n}{stroke:var(--s${n})}svg .fill-${n}{fill:var(--s${n})}`).join('')}
.key{display:inline-block;width:12px;height:12px;margin:0 6px 0 14px;vertical-align:-1px}
.key.tangible,.key.at-low{background:var(--tangible)}.key.intangible,.key.at-high{background:var(--intangible)}
details{margin:8px 0;border:1px solid var(--line);border-radius:6px;padding:0 14px}
details[open]{padding-bottom:10px}
details.small{border:0;padding:0;font-size:.92rem}
summary{cursor:pointer;padding:8px 0}
.panel{background:var(--wash);border:1px solid var(--line);border-radius:8px;padding:6px 18px 14px;margin:10px 0}
.sliders{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,290px),1fr));gap:12px 28px;margin:14px 0}
.sliders label{display:flex;justify-content:space-between;gap:10px;font-size:.92rem;font-weight:600}
.sliders output{font-variant-numeric:tabular-nums;white-space:nowrap}
.sliders input{width:100%;accent-color:var(--accent);margin:4px 0 0}
code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.9em;background:var(--code);border-radius:4px;padding:.08em .3em;overflow-wrap:anywhere}
pre{background:var(--paper);border:1px solid var(--line);border-radius:6px;padding:10px 12px;overflow-x:auto;font-size:.85rem}
button{font:inherit;color:var(--ink);background:var(--paper);border:1px solid var(--soft);border-radius:6px;padding:6px 14px;cursor:pointer}
.says{font-size:1.1rem;font-weight:600}
footer{margin:48px 0 32px;border-top:1px solid var(--line);padding-top:10px;color:var(--soft);font-size:.9rem}
body:has(#language-zh:checked) main[lang=en],body:has(#language-en:checked) main[lang=zh-CN]{display:none}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
@media (max-width:520px){h1{font-size:1.5rem}main,.bar{padding:0 14px}.panel{padding:4px 12px 12px}}
@media print{@page{size:A4;margin:14mm}
:root{--paper:#fff;--ink:#000;--soft:#444;--line:#bbb;--wash:#fff;--good:#f2f2f2;--code:#f2f2f2;--accent:#0b57a4;--s0:#0b57a4;--s1:#a33b00;--s2:#2c6e2f;--s3:#7a3aa1;--s4:#8a1c4a;--s5:#4b5563;--s6:#00696f;--s7:#75591a;--tangible:#2f6fb3;--intangible:#d98c3a}
body{font-size:10pt}main{max-width:none;padding:0}.bar,nav,.sliders,button,.skip,.noprint,details.small{display:none}
*{print-color-adjust:exact}.scroll{overflow:visible;background:none}svg.chart{min-width:0}table{font-size:7pt}td .sub,th .sub{font-size:6.5pt}h2 .sub{font-size:9pt}.figure .sub{white-space:normal}
tbody th{min-width:22mm}td.wide{min-width:36mm}thead th{min-width:0}
th,td{padding:2px 6px 2px 0}h2{break-before:page;border:0}h2.first{break-before:auto}h3,h4,h3+.note{break-after:avoid}figure,tr,.decision{break-inside:avoid}figure{margin:8px 0}.charts{grid-template-columns:1fr 1fr;gap:2px 16px}.panel{background:none;border:0;padding:0}
details{border:0;padding:0}details::details-content{content-visibility:visible;display:block;block-size:auto}}
`.trim();
