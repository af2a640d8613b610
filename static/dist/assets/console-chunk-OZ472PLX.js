import{Xa as o}from"/assets/console-chunk-KFKIAO32.js";var e={name:"chevron-down",size:24,node:[["path",{d:"m6 9 6 6 6-6",key:"qrunsl"}]]};e.node;var t=o(e);export{t as a};
