/** Reads the two documents and the guide, and draws the page from them. */
import { h, heading, slug } from "./dom.js";
import { wireFind } from "./find.js";
import { guideSection } from "./guide.js";
import { errorSection, httpSections, operationId, operations, rateSection } from "./http.js";
import { drawNav, followReading, wireNav } from "./nav.js";
import { shapeCard, shapeId } from "./shape.js";
import { closeSection, DIRECTIONS, frameId, framesOf, promiseSection, socketSections } from "./sockets.js";

async function read(name) {
  const answer = await fetch(name);
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return name.endsWith(".json") ? answer.json() : answer.text();
}

/** The contents, in the order of the page. */
function contents(openapi, asyncapi, guide) {
  const chapters = [...guide.querySelectorAll("h2")].map((part) => [part.firstChild.textContent, part.id]);
  const frames = (operation) => framesOf(asyncapi, operation).map((name) => [asyncapi.components.messages[name].title, frameId(name)]);
  const calls = operations(openapi);
  return [
    { title: "Guide", items: [...chapters, ["What the server promises", "promises"]], open: true },
    ...Object.entries(DIRECTIONS).flatMap(([, operationsOf]) =>
      operationsOf.map((o) => ({ title: asyncapi.operations[o].title, items: frames(o), open: false }))),
    { title: "For both", items: [["Close codes", "close-codes"], ["Errors", "errors"], ["Rates and limits", "rates"]], open: true },
    ...openapi.tags.map((tag) => ({
      title: `HTTP: ${tag.name}`,
      items: calls.filter((op) => op.tags[0] === tag.name).map((op) => [op.path.replace(/^\/v1\/(widget|console)\//, ""), operationId(op), op.method]),
      open: false,
    })),
    { title: "Shapes", items: Object.keys(openapi.components.schemas).map((name) => [name, shapeId(name)]), open: false },
  ];
}

function shapeSection(shapes) {
  return h("section", null, heading(2, "shapes", "Shapes"),
    h("p", null, "What the fields of calls and frames hold, in one place."),
    Object.entries(shapes).map(([name, schema]) => shapeCard(name, schema, shapes)));
}

function wholeHttp(doc) {
  return h("section", null, heading(2, slug("http"), "Calls over HTTP"), doc.info.description.split("\n\n").map((text) => h("p", null, text)));
}

async function draw() {
  const main = document.getElementById("main");
  const nav = document.getElementById("nav");
  try {
    const [openapi, asyncapi, text] = await Promise.all(["openapi.json", "asyncapi.json", "guide.md"].map(read));
    const guide = guideSection(text);
    main.append(guide, promiseSection(asyncapi), ...socketSections(asyncapi, openapi.components.schemas), closeSection(asyncapi),
      errorSection(openapi), rateSection(openapi), wholeHttp(openapi), ...httpSections(openapi), shapeSection(openapi.components.schemas));
    drawNav(nav, contents(openapi, asyncapi, guide));
  } catch (reason) {
    main.append(h("p", { role: "alert" }, `The documents could not be read (${reason.message}). Reload the page, or read the files above.`));
    return;
  }
  wireNav(nav);
  wireFind(main, nav);
  followReading(nav);
  // The parts were not there yet when the browser looked for the address's place.
  document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

await draw();
