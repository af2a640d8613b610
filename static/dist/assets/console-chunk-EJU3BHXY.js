import{F as r,m as i,ma as o,p as e}from"/assets/console-chunk-4BTFQXNG.js";async function c(a,m){let t=await e.patch(`sites/${a}`,m);return r(t),o(i("saved")),t}export{c as a};
