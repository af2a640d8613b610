import{c as o}from"/assets/console-chunk-YLHC6KRU.js";var t=o([]);export{t as a};
