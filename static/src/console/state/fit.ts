/** Pure rules of fit: what is known of a conversation, and how well something made for it fits. */
import type { ConversationView, Fit, Step, Template } from "../../wire/protocol";

/** What is known, by the lists of a Fit; "" or missing where it is not. */
export interface Known extends Partial<Record<keyof Fit, string>> {
  step: Step;
}

/** What a conversation's view tells. Loyalty and journey come as attributes that the site reports. */
export function known(view: Pick<ConversationView, "matter" | "person"> & Partial<Pick<ConversationView, "complaint">>): Known {
  const { step, type, mood } = view.matter;
  const told = (key: string) => view.person.attributes.find((a) => a.key === key)?.value ?? "";
  return { step, types: type, moods: mood, segments: view.person.segment, loyalty: told("loyalty"), journey: told("journey"), stages: view.complaint?.stage ?? "", channels: "chat" };
}

const lists = (fit: Fit) => Object.entries(fit) as [keyof Fit, string[]][];

/** 2 for each list that has what is known, -1 where it is not known, -4 where it is something else. */
export function fitness(fit: Fit, k: Known): number {
  return lists(fit).reduce((sum, [name, list]) => sum + (!k[name] ? -1 : list.includes(k[name]) ? 2 : -4), 0);
}

/** Whether a prompt is shown: it asks for nothing, or for what is known. The stage of a complaint is the agent's to see. */
export function applies(fit: Fit, k: Known): boolean {
  return lists(fit).every(([name, list]) => name === "stages" || list.includes(k[name] ?? ""));
}

/** Best first: of the step, by fit, those of a team, by what came after, by use, those made for fewer steps, by title. */
export function byFit(k: Known): (a: Template, b: Template) => number {
  const own = (x: Template) => Number(x.steps.includes(k.step));
  return (a, b) => own(b) - own(a) || fitness(b.fit, k) - fitness(a.fit, k) || Number(b.scope === "team") - Number(a.scope === "team") || b.worth - a.worth || b.uses - a.uses || a.steps.length - b.steps.length || (a.title < b.title ? -1 : 1);
}
