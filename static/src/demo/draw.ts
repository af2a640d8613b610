import type { Kind, Product } from "./products";

const SVG = "http://www.w3.org/2000/svg";
type Shape = [tag: string, attributes: Record<string, string | number>];

function drawing(label: string, box: string, shapes: Shape[]): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", box);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  for (const [tag, attributes] of shapes) {
    const shape = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, `${value}`);
    svg.append(shape);
  }
  return svg;
}

/** Each kind on a 200 × 200 table: body colour b, its shade s. */
const kinds: Record<Kind, (b: string, s: string) => Shape[]> = {
  lamp: (b, s) => [
    ["path", { d: "M62 84 78 34h44l16 50z", fill: "#f6edd9" }],
    ["path", { d: "M108 34h14l16 50h-18z", fill: "#e9dcc0" }],
    ["path", { d: "M62 84h76l14 66H48z", fill: "#ffe9a8", opacity: 0.28 }],
    ["path", { d: "M97 84h6v20h-6z", fill: "#8a7a55" }],
    ["path", { d: "M100 102c16 0 30 14 32 44 0 8-6 12-32 12s-32-4-32-12c2-30 16-44 32-44Z", fill: b }],
    ["path", { d: "M108 103c14 4 22 18 24 43 0 8-6 12-26 12 12-8 14-38 2-55Z", fill: s }],
  ],
  pendant: (b, s) => [
    ["path", { d: "M99 8h2v62h-2z", fill: "#8a7a55" }],
    ["path", { d: "M40 118c2-32 28-52 60-52s58 20 60 52z", fill: b }],
    ["path", { d: "M112 67c28 4 46 24 48 51h-26c0-22-8-40-22-51Z", fill: s }],
    ["path", { d: "M40 118h120l18 62H22z", fill: "#ffe9a8", opacity: 0.45 }],
    ["ellipse", { cx: 100, cy: 118, rx: 60, ry: 8, fill: "#fff6dc" }],
  ],
  bowl: (b, s) => [
    ["path", { d: "M36 92h128c0 40-28 64-64 64s-64-24-64-64Z", fill: b }],
    ["path", { d: "M122 92h42c0 40-26 64-60 64 20-12 24-40 18-64Z", fill: s }],
    ["ellipse", { cx: 100, cy: 92, rx: 64, ry: 12, fill: "#f4f1ea" }],
    ["path", { d: "M36 92c0-7 29-12 64-12s64 5 64 12c-10 6-34 4-52 8-22 5-66 2-76-8Z", fill: s, opacity: 0.35 }],
  ],
  mug: (b, s) => [
    ["path", { d: "M132 92c26-6 34 44-2 44v-10c20 0 18-28 2-24z", fill: s }],
    ["path", { d: "M60 70h76l-4 78c-1 8-10 10-34 10s-33-2-34-10z", fill: b }],
    ["path", { d: "M118 70h18l-4 78c-1 8-8 10-26 10 12-12 14-52 12-88Z", fill: s }],
    ["ellipse", { cx: 98, cy: 70, rx: 38, ry: 8, fill: "#4b352b" }],
    ["path", { d: "M84 52c-6-8 6-12 0-22M104 52c-6-8 6-12 0-22", fill: "none", stroke: "#9a9184", "stroke-width": 3, "stroke-linecap": "round", opacity: 0.5 }],
  ],
  vase: (b, s) => [
    ["path", { d: "M101 60C96 40 106 26 118 12", fill: "none", stroke: "#7d8f6b", "stroke-width": 3, "stroke-linecap": "round" }],
    ["ellipse", { cx: 123, cy: 16, rx: 13, ry: 6, fill: "#93a67f", transform: "rotate(-36 123 16)" }],
    ["ellipse", { cx: 96, cy: 40, rx: 11, ry: 5, fill: "#7d8f6b", transform: "rotate(38 96 40)" }],
    ["path", { d: "M92 56h16c0 34 30 42 30 76 0 20-16 26-38 26s-38-6-38-26c0-34 30-42 30-76Z", fill: b }],
    ["path", { d: "M102 56h6c0 34 30 42 30 76 0 20-14 26-32 26 22-18 16-58 2-76-4-6-6-14-6-26Z", fill: s }],
  ],
  plate: (b, s) => [
    ["ellipse", { cx: 100, cy: 140, rx: 74, ry: 18, fill: "#9aa58a" }],
    ["ellipse", { cx: 100, cy: 128, rx: 74, ry: 18, fill: "#b7b58e" }],
    ["ellipse", { cx: 100, cy: 116, rx: 74, ry: 18, fill: s }],
    ["ellipse", { cx: 100, cy: 104, rx: 74, ry: 18, fill: b }],
    ["ellipse", { cx: 100, cy: 103, rx: 50, ry: 11, fill: s, opacity: 0.5 }],
  ],
};

export function picture({ name, kind, glaze, colors: [body, shade, ground] }: Product): SVGElement {
  return drawing(`${name} in ${glaze}`, "0 0 200 200", [
    ["rect", { width: 200, height: 200, fill: ground }],
    ["rect", { y: 150, width: 200, height: 50, fill: "#000", opacity: 0.05 }],
    ["ellipse", { cx: 100, cy: 159, rx: 62, ry: 7, fill: "#000", opacity: 0.12 }],
    ...kinds[kind](body, shade),
  ]);
}

/** The first page's evening: a window over the harbour, a table, a lamp that is on. */
export function scene(): SVGElement {
  return drawing("A lamp and a mug on a table before a window at dusk", "0 0 480 360", [
    ["rect", { width: 480, height: 360, fill: "#d9c9ad" }],
    ["rect", { x: 46, y: 40, width: 190, height: 190, rx: 8, fill: "#f2e8d5" }],
    ["rect", { x: 56, y: 50, width: 170, height: 170, rx: 4, fill: "#8fa7b5" }],
    ["rect", { x: 56, y: 126, width: 170, height: 36, fill: "#e8b98e" }],
    ["circle", { cx: 150, cy: 156, r: 20, fill: "#f6d9a2" }],
    ["path", { d: "M56 158h170v62H56z", fill: "#5f7d8a" }],
    ["path", { d: "M56 166c20-10 34 4 52-2s30-8 48-2 40-4 70 2v10H56z", fill: "#557280" }],
    ["path", { d: "M138 50h6v170h-6zM56 130h170v6H56z", fill: "#f2e8d5" }],
    ["rect", { y: 268, width: 480, height: 92, fill: "#8a6a4a" }],
    ["rect", { y: 268, width: 480, height: 8, fill: "#9d7b58" }],
    ["path", { d: "M262 150 300 268h140l-32-118z", fill: "#ffe6a0", opacity: 0.4 }],
    ["ellipse", { cx: 352, cy: 280, rx: 96, ry: 12, fill: "#ffe6a0", opacity: 0.35 }],
    ["path", { d: "m292 150 26-72h66l26 72z", fill: "#f7eedb" }],
    ["path", { d: "M364 78h20l26 72h-28z", fill: "#e8d9b8" }],
    ["path", { d: "M347 150h8v26h-8z", fill: "#8a7a55" }],
    ["path", { d: "M351 172c24 0 44 24 46 76 0 18-10 26-46 26s-46-8-46-26c2-52 22-76 46-76Z", fill: "#7d8f6b" }],
    ["path", { d: "M363 174c22 8 32 34 34 74 0 18-10 26-38 26 20-14 22-70 4-100Z", fill: "#66775a" }],
    ["path", { d: "M236 226c22-4 28 34-2 34v-9c14 0 14-18 2-16z", fill: "#99543a" }],
    ["path", { d: "M178 210h60l-3 58c-1 6-8 8-27 8s-26-2-27-8z", fill: "#b8694a" }],
    ["ellipse", { cx: 208, cy: 210, rx: 30, ry: 6, fill: "#4b352b" }],
    ["path", { d: "M198 194c-6-9 6-13 0-24M216 194c-6-9 6-13 0-24", fill: "none", stroke: "#fff", "stroke-width": 3, "stroke-linecap": "round", opacity: 0.5 }],
    ["path", { d: "M60 272c0-6 40-10 84-6l6 8c-30 8-90 6-90-2Z", fill: "#efe6d6" }],
  ]);
}
