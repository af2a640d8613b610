import{c as o}from"/assets/console-chunk-Q3RKL3A2.js";var t=o([]);export{t as a};
