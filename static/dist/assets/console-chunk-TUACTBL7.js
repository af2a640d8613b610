import{c as o}from"/assets/console-chunk-SNSSUUIO.js";var i=o(0);export{i as a};
