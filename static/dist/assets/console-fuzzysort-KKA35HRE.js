import{a,b,c,d,e,f,g,h,i}from"/assets/console-chunk-OMBTHKHJ.js";export{h as cleanup,i as default,b as go,c as highlight,f as prepare,e as remap,d as score,a as single,g as snapshot};
