import{c as o}from"/assets/console-chunk-SAAVOLAM.js";var t=o([]);export{t as a};
