import{Fa as o,J as r,m as i,r as e}from"/assets/console-chunk-WJ3J4BIM.js";async function c(a,m){let t=await e.patch(`sites/${a}`,m);return r(t),o(i("saved")),t}export{c as a};
