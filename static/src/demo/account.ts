import { chat } from "./chat";
import { h, place, type Child } from "./dom";
import { euros } from "./products";

interface Customer {
  name: string;
  email: string;
  since: string;
  orders: { number: string; what: string; total: number; state: string }[];
}

/** Two customers to sign in as; the token that proves it comes from the shop's own server. */
const customers: Record<string, Customer> = {
  maria: {
    name: "Maria Lopez", email: "maria@example.com", since: "a customer since 2023",
    orders: [
      { number: "4411", what: "Dusk table lamp, moss", total: 148, state: "On its way, due on Friday" },
      { number: "3920", what: "Ember mug, four", total: 96, state: "Delivered in May" },
    ],
  },
  tom: { name: "Tom Becker", email: "tom@example.com", since: "new here", orders: [] },
};

const KEY = "shop:customer";

export function signedIn(): Customer | null {
  return customers[sessionStorage.getItem(KEY) ?? ""] ?? null;
}

async function token(): Promise<string> {
  const answer = await fetch(`/demo/identity?as=${sessionStorage.getItem(KEY)}`);
  if (!answer.ok) throw new Error(`identity: ${answer.status}`);
  return ((await answer.json()) as { token: string }).token;
}

/** Told on every page, as a shop would: the widget asks for the token when it needs one. */
export function introduce(): void {
  const customer = signedIn();
  const link = place("account");
  if (link) link.textContent = customer ? customer.name : "Sign in";
  if (customer) chat("identify", { token, plan: customer.orders.length ? "regular" : "new", orders: customer.orders.length });
}

function signIn(who: string): void {
  sessionStorage.setItem(KEY, who);
  introduce();
  show();
}

function signOut(): void {
  sessionStorage.removeItem(KEY);
  chat("reset");
  introduce();
  show();
}

function choice(who: string, { name, since, orders }: Customer): HTMLElement {
  const had = orders.length === 1 ? "1 order" : `${orders.length || "no"} orders`;
  return h("button", { type: "button", class: "person", click: () => signIn(who) },
    h("strong", {}, name), h("span", {}, `${since}, ${had}`));
}

/** Tells the chat that an order on its way is late, as a page may that knows; agents see it and decide. */
function lateLink({ number, state }: Customer["orders"][number]): Child {
  if (!state.startsWith("On its way")) return null;
  const tell = (e: Event) => {
    chat("track", "delay", { reference: number, reason: "The carrier missed the truck.", until: new Date(Date.now() + 2 * 86_400_000).toISOString() });
    (e.currentTarget as HTMLElement).textContent = "The chat knows that it is late";
  };
  return h("span", {}, " · ", h("button", { type: "button", class: "link", click: tell }, "Tell the chat that it is late"));
}

/** The account page: choose who to be, or see one's orders. */
export function show(): void {
  const root = place("profile");
  if (!root) return;
  const customer = signedIn();
  if (!customer) {
    root.replaceChildren(
      h("h1", {}, "Who would you like to be?"),
      h("p", { class: "wide" }, "Signing in tells the chat who you are, with a token that the shop's server signs. The agent then sees a verified customer, and your conversation comes along."),
      h("div", { class: "people" }, ...Object.entries(customers).map(([who, c]) => choice(who, c))));
    return;
  }
  const rows = customer.orders.map((o) => h("tr", {},
    h("th", { scope: "row" }, o.number), h("td", {}, o.what), h("td", { class: "number" }, euros(o.total)), h("td", {}, o.state),
    h("td", {}, h("button", { type: "button", class: "link", click: () => chat("message", `About order ${o.number}: `) }, "Ask about it"), lateLink(o))));
  root.replaceChildren(
    h("h1", {}, `Hello, ${customer.name.split(" ")[0]}`),
    h("p", {}, `${customer.email}, ${customer.since}.`),
    rows.length
      ? h("div", { class: "scroller" }, h("table", {}, h("caption", {}, "Your orders"), h("tbody", {}, ...rows)))
      : h("p", {}, "You have not ordered anything yet."),
    h("p", {}, h("button", { type: "button", class: "button plain", click: signOut }, "Sign out")));
}
