/** Questions between colleagues that wait for an answer; what shows and answers them is fetched when there are any. */
import { computed, signal } from "@preact/signals";
import type { Consults } from "../../wire/protocol";
import { api } from "../api";
import { atLeaving } from "./leaving";
import { may, me } from "./session";

export const consults = signal<Consults>({ for_me: [], mine: [] });
/** Put aside until they are asked for, by id: they stay in Mentions. */
export const aside = signal<ReadonlySet<string>>(new Set());
export const questions = computed(() => consults.value.for_me.filter((q) => !aside.value.has(q.id)));

atLeaving(() => {
  consults.value = { for_me: [], mine: [] };
  aside.value = new Set();
});

export async function fetchConsults(): Promise<void> {
  if (!may("conversation.answer")) return;
  const agent = me.value?.agent.id;
  const now = await api.get<Consults>("consults");
  if (agent === me.value?.agent.id) consults.value = now;
}
