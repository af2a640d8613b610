import{c as o}from"/assets/console-chunk-LDR4RLHQ.js";var i=o(0);export{i as a};
