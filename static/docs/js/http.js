/** Draws openapi.json: calls by tag, errors, rates and limits. */
import { code, example, h, heading, inline, paragraphs, slug, table, tableCard } from "./dom.js";
import { fields, typeOf } from "./shape.js";

const METHODS = ["get", "post", "put", "patch", "delete"];

/** Every operation with its method and path, in the document's order. */
export function operations(doc) {
  return Object.entries(doc.paths).flatMap(([path, methods]) =>
    METHODS.filter((m) => methods[m]).map((method) => ({ method, path, ...methods[method] })));
}

export const operationId = (op) => `call-${slug(op.operationId)}`;

/** Reads the golden files of what comes near the screen. */
const nearby = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (!isIntersecting) continue;
    nearby.unobserve(target);
    void fill(target);
  }
}, { rootMargin: "800px 0px" });

async function fill(box) {
  const { address, label } = box.dataset;
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${answer.status}`);
    box.append(example(await answer.json(), label));
  } catch {
    box.append(h("p", null, "It could not be read. ", h("a", { href: address }, address)));
  }
}

/** A place for a golden file. */
function golden(title, op, address) {
  if (!address) return null;
  const box = h("div", { class: "golden", "data-address": address, "data-label": `${title} of ${op.operationId}` }, h("p", { class: "hint" }, title));
  nearby.observe(box);
  return box;
}

const goldenOf = (content) => Object.values(content?.examples ?? {})[0]?.externalValue;

/** Who may call: read off the security and the role. */
function whoMay(op) {
  const needs = (op.security ?? []).flatMap((one) => Object.keys(one));
  if (needs.includes("visitorToken")) return "Visitor's token";
  if (!needs.includes("agentCookie")) return "Anyone";
  const role = op["x-role"] === "admin" ? "Owner or admin" : "Any agent";
  return needs.includes("csrf") ? `${role}, with X-CSRF-Token` : role;
}

function facts(op) {
  const rates = (op["x-rates"] ?? []).map((name) => h("a", { href: "#rates" }, name));
  const body = op["x-body-bytes"];
  return h("dl", { class: "facts" },
    h("div", null, h("dt", null, "Who"), h("dd", null, whoMay(op))),
    rates.length > 0 && h("div", null, h("dt", null, "Rate"), h("dd", null, rates.flatMap((r, i) => (i ? [", ", r] : [r])))),
    body && h("div", null, h("dt", null, "Body"), h("dd", null, body >= 1024 ? `at most ${body / 1024} KiB` : `at most ${body} bytes`)));
}

function parameters(op, shapes) {
  if (!op.parameters) return null;
  const rows = op.parameters.map((p) => [
    [h("code", null, p.name), !p.required && [" ", h("span", { class: "optional" }, "optional")]],
    [p.in],
    [typeOf(p.schema, shapes)],
    [inline(p.description), p.schema.default !== undefined && h("span", { class: "bounds" }, ` default ${p.schema.default}`)],
  ]);
  return [h("h4", null, "Parameters"), table(`Parameters of ${op.operationId}`, ["Name", "In", "Is", "Meaning"], rows)];
}

/** Named shapes are shown once, at their own place; what has no name is shown here. */
function answerOf(op, schema, shapes) {
  return schema.$ref ? h("p", { class: "is" }, "Shape: ", typeOf(schema, shapes)) : fields(schema, shapes, `Answer of ${op.operationId}`);
}

function operationCard(op, shapes) {
  const id = operationId(op);
  const request = op.requestBody?.content["application/json"];
  const [status, answer] = Object.entries(op.responses).find(([s]) => /^[123]/.test(s));
  const json = answer.content?.["application/json"];
  const shown = [golden("Example request", op, goldenOf(request)), golden("Example answer", op, goldenOf(json))].filter(Boolean);
  return h("article", { class: shown.length ? "card split" : "card", id, "data-words": `${op.method} ${op.path} ${op.operationId} ${op.summary} ${op.description ?? ""} ${(op["x-codes"] ?? []).join(" ")}` },
    h("div", null, h("h3", { class: "call" }, h("span", { class: `method ${op.method}` }, op.method.toUpperCase()), " ", h("span", { class: "path" }, op.path),
      h("a", { class: "anchor", href: `#${id}`, "aria-label": `Link to ${op.method} ${op.path}` }, "#")),
    h("p", { class: "lead" }, inline(op.summary)),
    paragraphs(op.description),
    facts(op),
    parameters(op, shapes),
    request && [h("h4", null, "Request"), fields(request.schema, shapes, `Request of ${op.operationId}`)],
    h("h4", null, "Answer ", h("span", { class: "status" }, status)), h("p", null, inline(answer.description)),
    json && answerOf(op, json.schema, shapes),
    op["x-codes"]?.length > 0 && [h("h4", null, "May refuse with"),
      h("p", { class: "codes" }, op["x-codes"].map((c) => [h("a", { href: `#error-${slug(c)}` }, c), " "]))]),
    shown.length > 0 && h("div", { class: "shown" }, shown));
}

/** One section for each tag. */
export function httpSections(doc) {
  const all = operations(doc);
  return doc.tags.map((tag) => h("section", null,
    heading(2, slug("http", tag.name), tag.name),
    paragraphs(tag.description),
    all.filter((op) => op.tags[0] === tag.name).map((op) => operationCard(op, doc.components.schemas))));
}

export function errorSection(doc) {
  const rows = doc["x-errors"].map((e) => [
    [h("code", { id: `error-${slug(e.code)}` }, e.code)], [String(e.status)], [inline(e.means)], [inline(e.do)]]);
  return h("section", null, heading(2, "errors", "Errors"),
    h("p", null, "Every refusal has one shape, on HTTP and in the sockets' error frames."),
    code(JSON.stringify({ code: "invalid", message: "Write something first.", field: "text" }, null, 2), "json", "A refusal"),
    tableCard(doc["x-errors"].map((e) => e.code), table("Error codes", ["Code", "Status", "Means", "What to do"], rows)));
}

export function rateSection(doc) {
  const every = (ms) => (ms >= 1000 ? `${ms / 1000} s` : `${ms} ms`);
  return h("section", null, heading(2, "rates", "Rates and limits"),
    h("p", null, "Each rate allows a burst at once and one more every so often. A network is an IPv4 address or an IPv6 /64. Beyond it: rate_limited, with Retry-After on HTTP."),
    tableCard(["rate", "limit"], table("Rates", ["Name", "What", "For each", "At once", "One more every"],
      doc["x-rates"].map((r) => [[h("code", null, r.name)], [r.what], [r.per], [String(r.burst)], [every(r.every_ms)]]))),
    tableCard(["limit"], table("Limits", ["Name", "What", "At most"],
      doc["x-limits"].map((l) => [[h("code", null, l.name)], [l.what], [`${l.value.toLocaleString("en")} ${l.unit}`]]))));
}
