import { add } from "./cart";
import { chat } from "./chat";
import { h, place } from "./dom";
import { picture, scene } from "./draw";
import { euros, products } from "./products";

/** The first page: the evening and the shelf. */
export function showShelf(): void {
  place("picture")?.append(scene());
  place("shelf")?.append(...products.map((p) => h("li", {},
    h("a", { href: `/demo/product.html?id=${p.id}` },
      h("span", { class: "frame" }, picture(p)), h("strong", {}, p.name), h("span", {}, `${p.glaze} · ${euros(p.price)}`)))));
}

export function showProduct(): void {
  const root = place("product");
  if (!root) return;
  const p = products.find((each) => each.id === new URLSearchParams(location.search).get("id")) ?? products[0]!;
  document.title = `${p.name} · Kiln & Wick`;
  const put = h("button", { type: "button", class: "button", click: () => {
    add(p);
    put.textContent = "In your cart";
  } }, "Put in cart");
  root.append(
    h("div", { class: "frame" }, picture(p)),
    h("div", { class: "about" },
      h("p", { class: "crumb" }, h("a", { href: "/demo/" }, "Shop")),
      h("h1", {}, p.name),
      h("p", { class: "lead" }, p.line),
      h("p", { class: "price" }, euros(p.price), h("span", {}, p.left < 5 ? ` only ${p.left} left` : ` ${p.left} on the shelf`)),
      h("p", { class: "row" }, put,
        h("button", { type: "button", class: "button plain", click: () => chat("message", `About the ${p.name}: `) }, "Ask about it")),
      h("p", {}, p.about),
      h("ul", { class: "plain" }, ...p.facts.map((fact) => h("li", {}, fact)))));
}
