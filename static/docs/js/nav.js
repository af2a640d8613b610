/** The contents at the side: groups that open, and the part that is being read. */
import { h } from "./dom.js";

function group(title, items, open) {
  return h("details", { open }, h("summary", null, title),
    h("ul", null, items.map(([label, id, mark]) =>
      h("li", null, h("a", { href: `#${id}` }, mark && h("span", { class: `method ${mark}` }, mark.toUpperCase()), mark && " ", label)))));
}

/** Draws groups of [label, id, method?]. */
export function drawNav(nav, groups) {
  nav.append(...groups.map(({ title, items, open }) => group(title, items, open)));
}

/** On a small screen the contents open by a button and close when a place is chosen. */
export function wireNav(nav) {
  const button = document.querySelector("button.contents");
  const show = (open) => {
    button.setAttribute("aria-expanded", String(open));
    nav.classList.toggle("open", open);
  };
  button.addEventListener("click", () => show(button.getAttribute("aria-expanded") !== "true"));
  nav.addEventListener("click", (event) => event.target.closest("a") && show(false));
  nav.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || button.getAttribute("aria-expanded") !== "true") return;
    show(false);
    button.focus();
  });
}

/** Marks the place in the contents whose part is at the top of the screen. */
export function followReading(nav) {
  const links = new Map([...nav.querySelectorAll("a")].map((link) => [link.hash.slice(1), link]));
  let current;
  const watch = new IntersectionObserver((entries) => {
    const entry = entries.find((e) => e.isIntersecting);
    const link = entry && links.get(entry.target.id);
    if (!link || link === current) return;
    current?.removeAttribute("aria-current");
    current = link;
    link.setAttribute("aria-current", "location");
  }, { rootMargin: "-80px 0px -70% 0px" });
  for (const id of links.keys()) {
    const part = document.getElementById(id);
    if (part) watch.observe(part);
  }
}
