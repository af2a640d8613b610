import{c as o}from"/assets/console-chunk-SAAVOLAM.js";var i=o(0);export{i as a};
