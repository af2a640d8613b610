import{c as o}from"/assets/console-chunk-YLHC6KRU.js";var i=o(0);export{i as a};
