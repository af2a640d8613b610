/** Shows JSON Schema as tables of fields. */
import { h, inline, slug, table } from "./dom.js";

/** Where a shape is shown. */
export const shapeId = (name) => `shape-${slug(name)}`;

/** Whether a reference leads to a named shape (and not to one field of it). */
function shapeName(ref) {
  const [, name, rest] = ref.match(/components\/schemas\/([^/]+)(.*)$/) ?? [];
  return rest ? undefined : name;
}

/** Follows a reference of either document into the shapes. */
export function resolve(schema, shapes) {
  if (!schema?.$ref) return schema ?? {};
  const path = schema.$ref.split("/schemas/")[1].split("/");
  return path.reduce((found, key) => found?.[key], shapes) ?? {};
}

const list = (parts) => parts.flatMap((part, i) => (i ? [" · ", part] : [part]));

/** The type of a value in a few words, with links to shapes. */
export function typeOf(schema, shapes) {
  if (schema.$ref) {
    const name = shapeName(schema.$ref);
    return name ? h("a", { href: `#${shapeId(name)}` }, name) : typeOf(resolve(schema, shapes), shapes);
  }
  if ("const" in schema) return h("code", null, JSON.stringify(schema.const));
  if (schema.enum) return list(schema.enum.map((value) => h("code", null, JSON.stringify(value))));
  if (schema.oneOf) return list(schema.oneOf.map((one) => typeOf(one, shapes)));
  if (schema.prefixItems) return h("span", null, "[", schema.prefixItems.flatMap((one, i) => [i ? ", " : "", typeOf(one, shapes)]), "]");
  if (schema.type === "array") return h("span", null, "list of ", typeOf(schema.items, shapes));
  if (schema.type === "object" && typeof schema.additionalProperties === "object") {
    return h("span", null, schema.propertyNames ? "map of ids to " : "map to ", typeOf(schema.additionalProperties, shapes));
  }
  return { integer: "whole number", boolean: "true or false", string: "text" }[schema.type] ?? schema.type ?? "anything";
}

/** Bounds that the schema states beside its words. */
function bounds(schema) {
  const parts = [];
  if (schema.minimum !== undefined) parts.push(`from ${schema.minimum}`);
  if (schema.maximum !== undefined) parts.push(`to ${schema.maximum}`);
  if (schema.default !== undefined) parts.push(`default ${schema.default}`);
  return parts.join(", ");
}

/** Shapes so common that their words beside each field would be noise. */
const COMMON = new Set(["Id", "Time", "Seq", "Author", "AgentCard", "Marks", "ConversationState"]);

/** A field's own words, else the first sentence of its shape's. */
function meaning(schema, shapes) {
  const borrowed = schema.$ref && !COMMON.has(shapeName(schema.$ref)) ? resolve(schema, shapes).description?.match(/^.*?[.](?= |$)/)?.[0] : "";
  const text = schema.description ?? borrowed ?? "";
  return [inline(text), bounds(schema) && h("span", { class: "bounds" }, ` ${bounds(schema)}`)];
}

/** Rows of fields, those of plain inner objects behind a dot. */
function fieldRows(schema, shapes, before = "") {
  const required = schema.required ?? [];
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const optional = !required.includes(name) && h("span", { class: "optional" }, "optional");
    const row = [
      [h("code", null, before + name), optional && " ", optional],
      [typeOf(field, shapes)],
      meaning(field, shapes),
    ];
    const inner = field.type === "array" ? field.items : field;
    const mark = field.type === "array" ? `${before}${name}[].` : `${before}${name}.`;
    return inner.properties ? [row, ...fieldRows(inner, shapes, mark)] : [row];
  });
}

/** The fields of an object, or the choices of a union. */
export function fields(schema, shapes, caption) {
  if (schema.$ref) {
    const target = resolve(schema, shapes);
    const named = h("p", { class: "is" }, typeOf(schema, shapes), target.description ? ": " : "", inline(target.description ?? ""));
    return target.properties && Object.keys(target.properties).length ? [named, ...fields(target, shapes, caption)] : [named];
  }
  if (schema.oneOf) return [h("ul", { class: "choices" }, schema.oneOf.map((one) => h("li", null, typeOf(one, shapes))))];
  if (!schema.properties) return [h("p", { class: "is" }, typeOf(schema, shapes))];
  const rows = fieldRows(schema, shapes);
  return [rows.length ? table(caption, ["Field", "Is", "Meaning"], rows) : h("p", { class: "is" }, "No fields: ", h("code", null, "{}"))];
}

/** One named shape. */
export function shapeCard(name, schema, shapes) {
  const id = shapeId(name);
  return h("article", { class: "card shape", id, "data-words": `${name} ${Object.keys(schema.properties ?? {}).join(" ")}` },
    h("h3", null, name, h("a", { class: "anchor", href: `#${id}`, "aria-label": `Link to ${name}` }, "#")),
    schema.description && h("p", null, inline(schema.description)),
    schema.enum && !schema.description?.includes(schema.enum[0]) && h("p", null, typeOf(schema, shapes)),
    schema.pattern && h("p", { class: "bounds" }, "Pattern ", h("code", null, schema.pattern)),
    (schema.properties || schema.oneOf) && fields(schema, shapes, `Fields of ${name}`));
}
