import{L as r,Va as o,e as i,g as e}from"/assets/console-chunk-KFKIAO32.js";async function c(a,m){let t=await e.patch(`sites/${a}`,m);return r(t),o(i("saved")),t}export{c as a};
