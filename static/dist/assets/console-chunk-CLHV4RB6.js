import{b as t}from"/assets/console-chunk-2VEG2JJP.js";import{a as e}from"/assets/console-chunk-J2FZRQ4J.js";function a({text:o}){let s=[],i=0;for(let r of t(o))s.push(o.slice(i,r.start),e("mark",{children:o.slice(r.start,r.end)},r.start)),i=r.end;return s.push(o.slice(i),`​
`),e("div",{class:"composer-mirror","aria-hidden":"true",dir:"auto",children:s})}export{a};
