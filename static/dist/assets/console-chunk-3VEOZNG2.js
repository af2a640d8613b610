import{Ca as o,H as r,m as i,r as e}from"/assets/console-chunk-MSA6TJD3.js";async function c(a,m){let t=await e.patch(`sites/${a}`,m);return r(t),o(i("saved")),t}export{c as a};
