import{L as r,Ua as o,m as i,t as e}from"/assets/console-chunk-HDUDBRBM.js";async function c(a,m){let t=await e.patch(`sites/${a}`,m);return r(t),o(i("saved")),t}export{c as a};
