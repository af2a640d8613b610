import{c as o}from"/assets/console-chunk-SNSSUUIO.js";var t=o([]);export{t as a};
