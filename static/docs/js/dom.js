/** Small tools to draw with; nothing here ever turns text into markup. */

const absent = (value) => value === undefined || value === null || value === false;

/**
 * Makes an element. Attributes whose value is false, null or undefined are left out;
 * children may be nodes, text, lists, or nothing.
 */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === true) element.setAttribute(name, "");
    else if (!absent(value)) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => !absent(child)));
  return element;
}

/** The pieces of a line of text: `code`, **strong** and [links](address). */
export function inline(text) {
  const pieces = [];
  const pattern = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)\s]+)\)/g;
  let from = 0;
  for (const found of text.matchAll(pattern)) {
    if (found.index > from) pieces.push(text.slice(from, found.index));
    const [all, code, strong, label, address] = found;
    if (code) pieces.push(h("code", null, code));
    else if (strong) pieces.push(h("strong", null, inline(strong)));
    else pieces.push(h("a", { href: address }, label));
    from = found.index + all.length;
  }
  if (from < text.length) pieces.push(text.slice(from));
  return pieces;
}

/** Paragraphs of a description; none for no text. */
export function paragraphs(text) {
  return (text ?? "").split("\n\n").filter(Boolean).map((part) => h("p", null, inline(part)));
}

/** An id for an address, from any words. */
export function slug(...words) {
  return words.join("-").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null|-?\d[\d.eE+-]*)\b/g;

/** A block of code that can be scrolled by keyboard; JSON gets colours. */
export function code(text, language, label) {
  const body = h("code", null);
  let from = 0;
  for (const found of language === "json" ? text.matchAll(TOKEN) : []) {
    const [all, string, colon, plain] = found;
    body.append(text.slice(from, found.index), h("span", { class: colon ? "key" : plain ? "plain" : "text" }, string ?? plain), colon ?? "");
    from = found.index + all.length;
  }
  body.append(text.slice(from));
  return h("pre", { tabindex: "0", role: "group", "aria-label": label ?? "Code" }, body);
}

/** JSON, laid out. */
export function example(value, label) {
  return code(JSON.stringify(value, null, 2), "json", label);
}

/** A table with a caption that only screen readers get. rows are lists of cells; the first is the row's name. */
export function table(caption, heads, rows) {
  return h("div", { class: "table", tabindex: "0", role: "group", "aria-label": caption },
    h("table", null,
      h("caption", { class: "hidden" }, caption),
      h("thead", null, h("tr", null, heads.map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", null, rows.map(([first, ...rest]) =>
        h("tr", null, h("th", { scope: "row" }, first), rest.map((cell) => h("td", null, cell)))))));
}

/** A table that the filter finds by these words. */
export function tableCard(words, node) {
  return h("article", { class: "card", "data-words": words.join(" ") }, node);
}

/** A heading that can be linked to. */
export function heading(level, id, ...children) {
  return h(`h${level}`, { id }, ...children, h("a", { class: "anchor", href: `#${id}`, "aria-label": "Link to this part" }, "#"));
}
