import{c as o}from"/assets/console-chunk-NXDRWDR7.js";var t=o([]);export{t as a};
