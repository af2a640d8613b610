/** Draws asyncapi.json: frames of both sockets, promises, close codes. */
import { example, h, heading, inline, paragraphs, slug, table, tableCard } from "./dom.js";
import { fields } from "./shape.js";

export const frameId = (name) => `frame-${slug(name)}`;

/** Names of the messages of an operation. */
export function framesOf(doc, operation) {
  return doc.operations[operation].messages.map((m) => m.$ref.split("/messages/")[1]);
}

/** Both directions of a channel. */
export const DIRECTIONS = { visitor: ["fromVisitor", "toVisitor"], agent: ["fromAgent", "toAgent"] };

function frameCard(doc, name, shapes) {
  const message = doc.components.messages[name];
  const id = frameId(name);
  const fromServer = name.startsWith("to_");
  return h("article", { class: "card split", id, "data-words": `${message.title} ${message.summary} ${message.description ?? ""} ${Object.keys(message.payload.properties).join(" ")}` },
    h("div", null,
      h("h4", { class: "call" }, message.title, " ",
        h("span", { class: fromServer ? "way down" : "way up" }, fromServer ? "server sends" : "client sends"),
        h("a", { class: "anchor", href: `#${id}`, "aria-label": `Link to the frame ${message.title}` }, "#")),
      h("p", { class: "lead" }, inline(message.summary)),
      paragraphs(message.description),
      fields(message.payload, shapes, `Fields of ${name}`)),
    h("div", { class: "shown" }, message.examples.map((e) => example(e.payload, `Example ${e.name}`))));
}

function limits(channel) {
  const amount = (l) => (l.unit === "ms" ? `${l.value / 1000} s` : `${l.value.toLocaleString("en")} ${l.unit}`);
  return table(`Limits of ${channel.title}`, ["Limit", "Is", "What, and the close code beyond it"],
    channel["x-limits"].map((l) => [[h("code", null, l.name)], [amount(l)], [l.what]]));
}

/** One section for each socket. */
export function socketSections(doc, shapes) {
  return Object.entries(DIRECTIONS).map(([key, directions]) => {
    const channel = doc.channels[key];
    return h("section", null,
      heading(2, slug("socket", key), channel.title),
      h("p", { class: "path" }, channel.address),
      paragraphs(channel.description),
      directions.map((operation) => [
        heading(3, slug("frames", operation), doc.operations[operation].title),
        framesOf(doc, operation).map((name) => frameCard(doc, name, shapes))]),
      heading(3, slug("limits", key), "Limits of this socket"),
      limits(channel));
  });
}

export function promiseSection(doc) {
  return h("section", null, heading(2, "promises", "What the server promises"),
    h("p", null, "In the words that the code is held to, and what each means for a client."),
    h("div", { class: "promises" }, doc["x-promises"].map((p) =>
      h("article", { class: "card promise", "data-words": `${p.name} ${p.text}` },
        h("h3", null, h("span", { class: "number" }, p.id), " ", p.name), h("p", null, inline(p.text)), h("p", { class: "rule" }, inline(p.rule))))));
}

export function closeSection(doc) {
  return h("section", null, heading(2, "close-codes", "Close codes"),
    h("p", null, "The server gives its code and the name when it closes. For a code that you do not know come back with backoff."),
    tableCard(doc["x-close-codes"].flatMap((c) => [c.code, c.name]), table("Close codes", ["Code", "Name", "Come back", "Means"],
      doc["x-close-codes"].map((c) => [[h("code", null, String(c.code))], [h("code", null, c.name)], [c.come], [inline(c.means)]]))));
}
