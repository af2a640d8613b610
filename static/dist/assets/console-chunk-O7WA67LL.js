import{r as t}from"/assets/console-chunk-7HXHRHI6.js";import{w as e}from"/assets/console-chunk-UQF4P3E3.js";function a({text:o}){let s=[],i=0;for(let r of t(o))s.push(o.slice(i,r.start),e("mark",{children:o.slice(r.start,r.end)},r.start)),i=r.end;return s.push(o.slice(i),`​
`),e("div",{class:"composer-mirror","aria-hidden":"true",dir:"auto",children:s})}export{a};
