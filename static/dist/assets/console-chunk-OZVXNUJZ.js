import{G as r,m as i,na as o,p as e}from"/assets/console-chunk-3ZTXU7B6.js";async function c(a,m){let t=await e.patch(`sites/${a}`,m);return r(t),o(i("saved")),t}export{c as a};
