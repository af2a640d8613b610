import{a as n}from"/assets/console-chunk-4B4ALN5F.js";var e=n(null);function i(o){return e.value?.answer(!1),new Promise(s=>{e.value={...o,answer:r=>{e.value=null,s(r)}}})}export{e as a,i as b};
