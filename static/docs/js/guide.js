/** Draws guide.md: the few forms of Markdown that it uses. */
import { code, h, heading, inline, slug, table } from "./dom.js";

const cells = (line) => line.split("|").slice(1, -1).map((cell) => inline(cell.trim()));

/** The forms, tried in order; each takes lines off the front and returns a node. */
const FORMS = [
  [/^(#{1,3}) /, (lines, section) => {
    const [, { length: level }, text] = lines.shift().match(/^(#+) (.*)$/);
    if (level === 2) section.dataset.chapter = text;
    const place = level === 3 ? [section.dataset.chapter, text] : level === 2 ? [text] : [];
    return heading(level, slug("guide", ...place), inline(text));
  }],
  [/^```/, (lines) => {
    const language = lines.shift().slice(3);
    const end = lines.indexOf("```");
    const body = lines.splice(0, end + 1).slice(0, -1).join("\n");
    return code(body, language === "http" ? "json" : language, language === "json" || language === "http" ? "Example" : "Rule");
  }],
  [/^- /, (lines) => {
    const items = [];
    while (lines[0]?.startsWith("- ")) items.push(h("li", null, inline(lines.shift().slice(2))));
    return h("ul", null, items);
  }],
  [/^\|/, (lines) => {
    const rows = [];
    while (lines[0]?.startsWith("|")) rows.push(cells(lines.shift()));
    const [heads, , ...rest] = rows;
    return table("What to do", heads, rest);
  }],
  [/./, (lines) => {
    const words = [];
    while (lines[0]) words.push(lines.shift());
    return h("p", null, inline(words.join(" ")));
  }],
];

/** The guide as a section. */
export function guideSection(text) {
  const lines = text.split("\n");
  const section = h("section", { class: "guide" });
  while (lines.length) {
    if (!lines[0]) lines.shift();
    else section.append(FORMS.find(([start]) => start.test(lines[0]))[1](lines, section));
  }
  return section;
}
