/** The look of the panel: the editor's own colours, so that every theme and high contrast suit. */
export const STYLE = `
:root{--green:var(--vscode-charts-green,#2e7d32);--amber:var(--vscode-editorWarning-foreground,#855400);
--red:var(--vscode-editorError-foreground,#c00);--grey:var(--vscode-descriptionForeground,#616161);
--line:var(--vscode-contrastBorder,var(--vscode-panel-border,#8884))}
*{box-sizing:border-box}
body{margin:0;padding:0;background:var(--vscode-editor-background);color:var(--vscode-editor-foreground);
font:var(--vscode-font-size,13px)/1.5 var(--vscode-font-family,sans-serif)}
main{max-width:60rem;margin:0 auto;padding:1rem 1.25rem 3rem}
h1{font-size:1.4em;margin:.25rem 0 .75rem;overflow-wrap:anywhere}
h2{font-size:1.1em;margin:0;overflow-wrap:anywhere}
h3{font-size:1em;margin:.75rem 0 .25rem}
p{margin:.25rem 0}
.about{opacity:.9}
.bar{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center}
button,select{font:inherit}
.bar button{border:1px solid var(--vscode-button-border,transparent);border-radius:2px;padding:.3em .9em;cursor:pointer;
background:var(--vscode-button-background);color:var(--vscode-button-foreground)}
.bar button:hover{background:var(--vscode-button-hoverBackground)}
.bar button.second{background:var(--vscode-button-secondaryBackground);color:var(--vscode-button-secondaryForeground)}
select{background:var(--vscode-dropdown-background);color:var(--vscode-dropdown-foreground);
border:1px solid var(--vscode-dropdown-border,var(--line));padding:.25em}
:focus-visible{outline:1px solid var(--vscode-focusBorder);outline-offset:2px}
.green{--state:var(--green)}.amber{--state:var(--amber)}.red{--state:var(--red)}.grey{--state:var(--grey)}
.verdict{border:1px solid var(--line);border-left:.3rem solid var(--state);padding:.5rem .75rem;overflow-wrap:anywhere}
.verdict strong,.word{display:inline-block}
.verdict strong::first-letter,.word::first-letter{text-transform:uppercase}
.way{list-style:none;display:flex;padding:0;margin:1rem 0}
.stop button{display:flex;flex-direction:column;align-items:center;gap:.1rem;background:none;border:0;color:inherit;cursor:pointer;padding:.25rem}
.stop button:hover .name{text-decoration:underline}
.dot{flex:none;width:2rem;height:2rem;border-radius:50%;display:grid;place-items:center;font-weight:700;border:.15rem solid var(--state)}
.grey .dot{border-style:dashed}
.name{font-weight:600;overflow-wrap:break-word}
.word{font-weight:400;font-size:.9em}
.edge{flex:1 1 auto;min-width:1rem;text-align:center;padding-top:1.15rem}
.edge .line{display:block;border-top:.15rem solid var(--state)}
.edge.grey .line{border-top-style:dashed}
.edge .label{font-size:.9em}
section{border:1px solid var(--line);border-left:.3rem solid var(--state);padding:.6rem .9rem;margin:.6rem 0;scroll-margin-top:.5rem}
ul{list-style:none;padding:0;margin:.4rem 0 0}
li>div{min-width:0;flex:1}
ul li{display:flex;gap:.5rem;padding:.15rem 0;overflow-wrap:anywhere}
ul p{margin:0}
.note{margin-top:.15rem}
.mark{flex:0 0 1rem;text-align:center;font-weight:700;color:var(--state)}
.link{background:none;border:0;padding:0;color:var(--vscode-textLink-foreground);text-decoration:underline;cursor:pointer}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;font-weight:400;padding:.2rem .8rem .2rem 0;border-top:1px solid var(--line);overflow-wrap:anywhere}
code{font-family:var(--vscode-editor-font-family,monospace);font-size:.95em}
.rule{opacity:.9;font-size:.9em}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (max-width:44rem){
.way{flex-direction:column}.stop button{flex-direction:row;gap:.6rem;text-align:left}.stop .name{min-width:0}
.edge{display:flex;align-items:center;gap:.8rem;padding:0 0 0 1.2rem;min-height:1.3rem}
.edge .line{border-top:0;border-left:.15rem solid var(--state);align-self:stretch}
.edge.grey .line{border-left-style:dashed}}
@media (max-width:26rem){
table,tbody{display:block}tr{display:block;border-top:1px solid var(--line);padding:.2rem 0}th,td{display:block;border-top:0;padding:0 0 0 1rem;overflow-wrap:break-word}
th{padding-left:0}section{padding:.6rem .5rem}}
`;
