import{Ha as o,K as r,m as i,s as e}from"/assets/console-chunk-F3JOIKAA.js";async function c(a,m){let t=await e.patch(`sites/${a}`,m);return r(t),o(i("saved")),t}export{c as a};
