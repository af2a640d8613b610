/** Going to another page of the console from anywhere. */
import type { ListName } from "../wire/protocol";
import { list } from "./state/lists";

let route: (url: string, replace?: boolean) => void = (url) => location.assign(url);

/** The router lends its way of moving. */
export function lendRoute(fn: typeof route): void {
  route = fn;
}
export function go(path: string, replace = false): void {
  route("/console" + path, replace);
}
export function deskPath(name: ListName, id = ""): string {
  return "/" + name + (id ? "/" + id : "");
}
/** Shows a conversation beside the list in use. */
export function openConversation(id: string): void {
  go(deskPath(list.value, id));
}
