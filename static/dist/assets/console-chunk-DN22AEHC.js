import{c as o}from"/assets/console-chunk-LDR4RLHQ.js";var t=o([]);export{t as a};
