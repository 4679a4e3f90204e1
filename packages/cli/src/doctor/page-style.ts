/** The look of the page of `prosodist doctor`. Colours keep a contrast of 4.5 to 1 in light and dark. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--page:#f7f8fa;--card:#fff;--text:#1b1f24;--soft:#535b66;--line:#d5dae1;--code:#eef1f5;
--green:#1a6e36;--amber:#855400;--red:#b3211b;--grey:#5b6470;--on:#fff}
@media (prefers-color-scheme:dark){:root{--page:#14171b;--card:#1d2126;--text:#e8ebef;--soft:#a6aeb9;--line:#363c45;--code:#272c33;
--green:#63c986;--amber:#e5ad4b;--red:#ff8d85;--grey:#a6aeb9;--on:#14171b}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:16px/1.5 system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
main{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:1.6rem;line-height:1.25;margin:0;overflow-wrap:anywhere}
h2{font-size:1.25rem;margin:2rem 0 .75rem;overflow-wrap:anywhere}
h3{font-size:1.05rem;margin:0;display:flex;flex-wrap:wrap;gap:.25rem .6rem;align-items:baseline;overflow-wrap:anywhere}
p{margin:.25rem 0}
.about,.does{color:var(--soft)}
.green{--state:var(--green)}.amber{--state:var(--amber)}.red{--state:var(--red)}.grey{--state:var(--grey)}
.verdict{border-left:.35rem solid var(--state);background:var(--card);padding:.6rem .9rem;border-radius:.25rem;overflow-wrap:anywhere}
.verdict strong{color:var(--state)}
.way{list-style:none;display:flex;padding:0;margin:1.5rem 0}
.stop{flex:0 0 auto}
.stop a{display:flex;flex-direction:column;align-items:center;gap:.15rem;color:inherit;text-decoration:none;padding:.25rem;border-radius:.35rem}
.stop a:hover .name{text-decoration:underline}
a:focus-visible{outline:.2rem solid var(--text);outline-offset:.1rem}
.dot{width:2.2rem;height:2.2rem;border-radius:50%;display:grid;place-items:center;background:var(--state);color:var(--on);font-weight:700}
.grey .dot{background:transparent;color:var(--grey);border:.15rem dashed var(--grey)}
.name{font-weight:600;font-size:.9rem;text-align:center}
.word{color:var(--state);font-size:.8rem}
.edge{flex:1 1 auto;min-width:1rem;text-align:center;padding-top:1.3rem}
.edge .line{display:block;border-top:.15rem solid var(--state)}
.edge.grey .line{border-top-style:dashed}
.edge .label{font-size:.75rem;color:var(--soft)}
article{background:var(--card);border:1px solid var(--line);border-left:.35rem solid var(--state);border-radius:.35rem;padding:.8rem 1rem;margin:.75rem 0;scroll-margin-top:1rem}
article:target{outline:.15rem solid var(--state)}
.badge{font-size:.8rem;font-weight:600;color:var(--state)}
.checks{list-style:none;padding:0;margin:.5rem 0 0}
.checks li{display:flex;gap:.6rem;padding:.2rem 0;overflow-wrap:anywhere}
.checks li>div{min-width:0;flex:1}
.checks p{margin:0}
.mark{color:var(--state);font-weight:700;flex:0 0 1rem;text-align:center}
h4{font-size:.85rem;margin:.7rem 0 .1rem;color:var(--soft)}
dl{margin:.25rem 0}dt{color:var(--soft)}dd{margin:0}
.notes{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.1rem .8rem;margin-bottom:.5rem}
.settings>div{display:grid;grid-template-columns:minmax(0,13rem) minmax(0,1fr) minmax(0,16rem);gap:.1rem .8rem;padding:.25rem 0;border-top:1px solid var(--line);overflow-wrap:anywhere}
.place{color:var(--soft);font-size:.85rem}
code{font:.9em/1.4 ui-monospace,"DejaVu Sans Mono",monospace;background:var(--code);padding:.05em .3em;border-radius:.2rem;overflow-wrap:anywhere}
.rule{color:var(--soft)}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (max-width:46rem){
.way{flex-direction:column;margin:1rem 0}
.stop a{flex-direction:row;gap:.7rem}
.edge{display:flex;align-items:center;gap:.9rem;padding:0 0 0 1.25rem;min-height:1.4rem}
.edge .line{border-top:0;border-left:.15rem solid var(--state);align-self:stretch}
.edge.grey .line{border-left-style:dashed}
.notes,.settings>div{grid-template-columns:minmax(0,1fr)}.notes dt{margin-top:.2rem}
}
@media print{article{break-inside:avoid}}
`;
