import type { Attributes } from "../../loader/port";

/** How many of a customer's events are remembered, by name. */
const REMEMBERED = 10;
const EVENT = /^event:/;

/**
 * What the page told, with its events among the attributes by their plain names, and no more than
 * ten of those: recent holds their names, the latest last. What falls out is removed by "".
 */
export function withEvents(told: Attributes, recent: readonly string[]): { attributes: Attributes; recent: string[] } {
  const attributes: Attributes = {};
  let names = [...recent];
  for (const [key, value] of Object.entries(told)) {
    const name = key.replace(EVENT, "");
    attributes[name] = value;
    if (EVENT.test(key)) names = [...names.filter((n) => n !== name), name];
  }
  for (const name of names.splice(0, names.length - REMEMBERED)) {
    if (recent.includes(name)) attributes[name] = "";
    else delete attributes[name];
  }
  return { attributes, recent: names };
}
