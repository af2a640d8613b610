import{Xa as e}from"/assets/console-chunk-KFKIAO32.js";var o={name:"chevron-right",size:24,node:[["path",{d:"m9 18 6-6-6-6",key:"mthhwq"}]]};o.node;var n=e(o);export{n as a};
