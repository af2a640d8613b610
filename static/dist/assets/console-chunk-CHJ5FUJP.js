import{Fa as o,J as r,m as i,r as e}from"/assets/console-chunk-X5ZRPO3V.js";async function c(a,m){let t=await e.patch(`sites/${a}`,m);return r(t),o(i("saved")),t}export{c as a};
