import{Xa as e}from"/assets/console-chunk-KFKIAO32.js";var a={name:"plus",size:24,node:[["path",{d:"M5 12h14",key:"1ays0h"}],["path",{d:"M12 5v14",key:"s699le"}]]};a.node;var t=e(a);export{t as a};
