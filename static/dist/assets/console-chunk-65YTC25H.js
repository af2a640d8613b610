import{c as o}from"/assets/console-chunk-Q3RKL3A2.js";var i=o(0);export{i as a};
