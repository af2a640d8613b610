import{E as r,la as o,m as i,p as e}from"/assets/console-chunk-4S64V36T.js";async function c(a,m){let t=await e.patch(`sites/${a}`,m);return r(t),o(i("saved")),t}export{c as a};
