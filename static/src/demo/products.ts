export type Kind = "lamp" | "pendant" | "bowl" | "mug" | "vase" | "plate";

export interface Product {
  id: string;
  name: string;
  kind: Kind;
  /** In whole euros. */
  price: number;
  glaze: string;
  /** Colours of the drawing: body, its shade, the ground behind. */
  colors: [body: string, shade: string, ground: string];
  line: string;
  about: string;
  facts: string[];
  left: number;
}

export const products: Product[] = [
  {
    id: "dusk", name: "Dusk table lamp", kind: "lamp", price: 148, glaze: "moss", colors: ["#7d8f6b", "#66775a", "#efe6d6"], left: 6,
    line: "A stoneware foot, a linen shade, a dimmer you turn with your thumb.",
    about: "Dusk stands low, so that its light falls on the page and not in your eyes. The foot is thrown in one piece and weighs enough to stay where you put it.",
    facts: ["Stoneware and linen", "38 cm high, shade 26 cm", "Dimmable E27, bulb enclosed", "Flex 2.2 m, can be replaced"],
  },
  {
    id: "tide", name: "Tide bowl", kind: "bowl", price: 42, glaze: "sea", colors: ["#6f94a3", "#577a88", "#e6ece9"], left: 11,
    line: "Wide enough for a salad for two, quiet enough for every day.",
    about: "The glaze breaks where the rim turns, like the line the sea leaves on sand. No two bowls have the same tide.",
    facts: ["Stoneware", "24 cm across", "Oven and dishwasher", "Holds 1.4 l"],
  },
  {
    id: "ember", name: "Ember mug", kind: "mug", price: 24, glaze: "rust", colors: ["#b8694a", "#99543a", "#f3e4da"], left: 23,
    line: "A handle for three fingers and a lip that keeps the last drop.",
    about: "We made the wall thicker at the foot and thinner at the lip. It keeps warm longer and still feels light.",
    facts: ["Stoneware", "Holds 0.32 l", "Microwave and dishwasher"],
  },
  {
    id: "heron", name: "Heron vase", kind: "vase", price: 68, glaze: "chalk", colors: ["#d9d2c4", "#bfb6a4", "#dfe3dd"], left: 4,
    line: "One stem, one long neck, nothing else needed.",
    about: "Heron is thrown in two halves and joined at the shoulder. Look closely and you find the seam; we like it there.",
    facts: ["Stoneware, glazed inside", "31 cm high", "Watertight"],
  },
  {
    id: "harbour", name: "Harbour pendant", kind: "pendant", price: 189, glaze: "iron", colors: ["#4f4c47", "#3b3935", "#ece2cf"], left: 2,
    line: "A porcelain lining that turns any bulb into late afternoon.",
    about: "Dark outside, white within: the light goes down to the table and hardly anywhere else.",
    facts: ["Porcelain and iron glaze", "29 cm across", "Flex to measure, up to 3 m"],
  },
  {
    id: "field", name: "Field plates, set of four", kind: "plate", price: 96, glaze: "oat", colors: ["#dbc7a0", "#c2ac83", "#e9ebe2"], left: 8,
    line: "Four plates, four greens and ochres of the same field.",
    about: "Each plate of a set comes from another corner of the kiln, so the four differ as much as four summers.",
    facts: ["Stoneware", "27 cm across", "Dishwasher", "Sold in sets of four"],
  },
];

export function euros(amount: number): string {
  return new Intl.NumberFormat("en", { style: "currency", currency: "EUR", maximumFractionDigits: 0 }).format(amount);
}
