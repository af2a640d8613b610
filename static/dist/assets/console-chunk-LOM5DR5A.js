import{c as o}from"/assets/console-chunk-GJZ7TW7D.js";var t=o([]);export{t as a};
