import { chat } from "./chat";
import { h, place } from "./dom";
import { picture } from "./draw";
import { euros, products, type Product } from "./products";

const KEY = "shop:cart";

function read(): Record<string, number> {
  return JSON.parse(sessionStorage.getItem(KEY) ?? "{}") as Record<string, number>;
}

function write(cart: Record<string, number>): void {
  sessionStorage.setItem(KEY, JSON.stringify(cart));
  count();
  show();
}

export function count(): void {
  const n = Object.values(read()).reduce((sum, each) => sum + each, 0);
  const badge = place("count");
  if (!badge) return;
  badge.hidden = n === 0;
  badge.textContent = `${n}`;
}

export function add({ id, name, price }: Product): void {
  const cart = read();
  write({ ...cart, [id]: (cart[id] ?? 0) + 1 });
  chat("track", "added to cart", { product: name, price: euros(price) });
}

function remove(id: string): void {
  const { [id]: _, ...rest } = read();
  write(rest);
}

export function show(): void {
  const root = place("cart");
  if (!root) return;
  const cart = read();
  const lines = products.filter((p) => cart[p.id]);
  if (!lines.length) {
    root.replaceChildren(h("p", {}, "Nothing in it yet."), h("p", {}, h("a", { class: "button", href: "/demo/" }, "See the shelf")));
    return;
  }
  const total = lines.reduce((sum, p) => sum + p.price * cart[p.id]!, 0);
  root.replaceChildren(
    h("ul", { class: "lines" }, ...lines.map((p) => h("li", {},
      h("span", { class: "thumb" }, picture(p)),
      h("span", { class: "grow" }, h("a", { href: `/demo/product.html?id=${p.id}` }, p.name), h("small", {}, `${p.glaze}, ${cart[p.id]} ×`)),
      h("span", { class: "number" }, euros(p.price * cart[p.id]!)),
      h("button", { type: "button", class: "link", "aria-label": `Remove ${p.name}`, click: () => remove(p.id) }, "Remove")))),
    h("p", { class: "total" }, "Together ", h("strong", {}, euros(total))),
    h("p", {}, h("button", { type: "button", class: "button", click: () => chat("message", "I would like to order what is in my cart. ") }, "Order by chat")));
}
