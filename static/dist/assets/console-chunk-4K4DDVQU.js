import{c as o}from"/assets/console-chunk-NXDRWDR7.js";var i=o(0);export{i as a};
