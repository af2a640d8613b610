import{c as o}from"/assets/console-chunk-GJZ7TW7D.js";var i=o(0);export{i as a};
