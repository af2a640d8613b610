import { signal } from "@preact/signals";
import type { Attributes, EventName, Page, ToHost, ToPanel } from "../loader/port";
import { browserEnv, newId, type Card, type CardChoice, type FormAnswer, type SentFile, type WidgetConfig } from "../wire";
import type { Reading } from "./answers";
import { http } from "./engine/api";
import type { Going } from "../files/uploads";
import type { Command } from "./engine/command";
import { draftMessage, Engine } from "./engine/engine";
import { current, emptyModel, goesOn, unread, type Model } from "./engine/model";
import { parseKept, type Kept } from "./engine/session";
import { findHost } from "./host";
import { chimeOnce } from "./sound";
import { takeOver, visitorName, type Mirror } from "./succession";
import { Tabs } from "./tabs";

/** Open pages do not all ask at once what has changed: within this long, in ms. */
const SOON = 3_000;

interface News {
  name: EventName | "site" | "form";
  detail: unknown;
}

/** The panel as the screens see it: what is shown, and what can be done. */
export class App {
  readonly model = signal<Model>(emptyModel({ status: "away", agents: [] }));
  /** The host shows the panel. */
  readonly open = signal(false);
  readonly full = signal(false);
  /** A page of its own: there is no host that could fold it away. */
  readonly alone = window.parent === window;
  readonly color = signal<string>("");
  /** Raised when the composer should take the focus. */
  readonly focusAsked = signal(0);
  readonly draft = signal("");
  /** What goes with the next message. */
  readonly attached = signal<readonly Going[]>([]);
  /** Puts files to it that the server has; true where they do not fit. There while files may be sent. */
  bring?: (files: readonly SentFile[]) => boolean;
  /** The conversation on the screen; "" for one that is not begun. Null: whichever goes on. */
  readonly chosen = signal<string | null>(null);
  /** What was written into the site's form, until a first message takes it along. */
  readonly form = signal<FormAnswer | null>(null);
  /** What of it a message has taken along: no other does. */
  private formSent: FormAnswer | null = null;
  /** What the page has told of its customer. */
  told: Attributes = {};
  /** What an agent has said to them beside the launcher; "" for nothing. */
  readonly invitation = signal("");
  /** Where the visitor is, as far as the site's pages are told. */
  readonly page = signal<Page | null>(null);
  /** What this visitor did with the quick answers, once they came. */
  reading: Reading | undefined;

  /** What all tabs of this visitor call themselves. */
  private name = "";
  private engine: Engine | null = null;
  private tabs: Tabs<Mirror, Command, News> | null = null;
  /** What the engine keeps, while this tab leads. */
  private kept: Kept | null = null;
  private stores = true;
  /** Raised when this tab takes the lead or gives it up. */
  private turn = 0;
  /** Commands for an engine that is still being made. */
  private early: Command[] = [];
  private draftTimer: ReturnType<typeof setTimeout> | undefined;
  private wantsKept: ((kept: Kept | null) => void)[] = [];
  private readonly toHost: (m: ToHost) => void;

  constructor(readonly config: WidgetConfig, private readonly locale: string) {
    this.toHost = findHost(config.allowed_origins, (m, origin) => this.receive(m, origin));
    this.model.value = emptyModel(config.presence);
    this.color.value = config.color;
    this.model.subscribe((model) => this.toHost({ t: "unread", n: unread(model), notice: !model.quiet }));
    this.draft.subscribe((text) => this.keepDraft(text));
  }

  run(command: Command): void {
    this.tabs?.order(command);
  }

  /** The page holds the draft for a panel made anew, storage for a page loaded anew. */
  private keepDraft(text: string): void {
    this.toHost({ t: "draft", text });
    clearTimeout(this.draftTimer);
    this.draftTimer = setTimeout(() => this.run({ do: "draft", text }), text ? 400 : 0);
  }

  /** The page closes the panel and says so; what comes before its word is not looked at any more. */
  close(): void {
    this.toHost({ t: "close" });
    if (window.parent !== window) this.open.value = false;
  }

  /**
   * Sends what the person wrote, with what they attached, into the conversation on the screen or a
   * new one. What the host's page says takes no files along.
   */
  post(text: string, attached: readonly Going[] = []): void {
    const thread = this.shown();
    const files = attached.flatMap((g) => g.sent ?? []);
    const to = this.has(goesOn(thread));
    if (to) this.turnTo(to);
    const message = { ...draftMessage(to || (thread?.id ?? newId()), text, Date.now()), ...(files.length && { files }) };
    // Not by its id: the server may put it into a conversation that is open already.
    if (!thread) this.chosen.value = null;
    const read = this.reading?.take();
    const form = thread || this.formSent === this.form.value ? null : this.form.value;
    if (form) this.formSent = form;
    // Answered: another conversation has the site's own greeting.
    delete this.told["invitation"];
    this.invitation.value = "";
    this.run({ do: "post", message: { ...message, ...(read && { read }), ...(form && { form }) } });
  }

  /** Whether the site's form stands in place of the conversation: "away" while nobody is there, "ask" before the first word. */
  asks(): "ask" | "away" | null {
    const { config: { form }, model: { value: { arriving, person, presence } } } = this;
    if (!form || this.shown() || person?.verified || this.form.value || this.config.signed_only) return null;
    if (form.away && presence.status === "away") return "away";
    // Who comes back is not asked while the word is on its way that they have answered.
    return form.ask && !arriving && !person?.asked ? "ask" : null;
  }

  /** Whether they can only read: the site talks with customers who are signed in, which nobody is or is about to be, and nothing is under way. */
  reads(): boolean {
    const thread = this.shown();
    const { arriving, person } = this.model.value;
    return !!this.config.signed_only && !arriving && !person?.verified && (!thread || thread.state === "closed");
  }

  /** Answers a card; what was written with it goes along. */
  answer(card: Card, choice: CardChoice, text = "", option = ""): void {
    const message = draftMessage(card.conversation_id, text.trim(), Date.now());
    this.run({ do: "post", message: { ...message, answer: { card_id: card.id, choice, option } } });
  }

  /** The thread on the screen, if it is begun. */
  shown() {
    const { value: model } = this.model;
    const id = this.chosen.value;
    if (id === null) return current(model) ?? model.threads[0];
    return model.threads.find((t) => t.id === id);
  }

  /** This conversation's id where it is theirs, else "": profiles that were one may have been taken apart. */
  has(id: string): string {
    return this.model.value.threads.some((t) => t.id === id) ? id : "";
  }

  /** Shows another conversation. */
  turnTo(id: string): void {
    this.chosen.value = id;
    if (!this.shown()?.loaded) this.run({ do: "load", conversation: id });
  }

  private receive(m: ToPanel, origin: string): void {
    switch (m.t) {
      case "init": return this.start(m, origin);
      case "open": return this.opened(m.open, m.full, m.focus);
      case "message": {
        if (m.send && m.text.trim()) return this.post(m.text);
        this.draft.value = m.text;
        return;
      }
      case "identify": return this.run({ do: "identify", token: m.token, attributes: m.attributes });
      case "attributes": {
        this.learn({ ...this.told, ...m.attributes });
        return this.run({ do: "attributes", attributes: m.attributes });
      }
      case "page": return this.visit(m.page);
      case "kept": {
        for (const tell of this.wantsKept.splice(0)) tell(parseKept(m.kept));
        return;
      }
      case "reset": {
        this.chosen.value = null;
        this.draft.value = "";
        this.reading = undefined;
        this.form.value = null;
        this.attached.value = [];
        this.learn({});
        return this.run({ do: "reset" });
      }
      case "consent": {
        this.stores = m.on;
        return;
      }
    }
  }

  private learn(told: Attributes): void {
    this.told = told;
    this.invitation.value = told["invitation"] ?? "";
  }

  private start(m: Extract<ToPanel, { t: "init" }>, origin: string): void {
    const kept = parseKept(m.kept);
    this.stores = m.consent;
    this.learn(m.attributes);
    this.draft.value = m.draft || kept?.draft || "";
    if (m.color) this.color.value = m.color;
    const before = kept?.open && !m.full;
    // The host waits for a first word.
    this.toHost({ t: "draft", text: this.draft.value });
    this.name = visitorName(this.config.site, origin);
    this.tabs = new Tabs(this.name, {
      lead: (mirror) => void this.lead(mirror),
      stepDown: () => this.stepDown(),
      follow: ({ model }) => {
        this.model.value = model;
      },
      obey: (command) => (this.engine ? this.engine.run(command) : void this.early.push(command)),
      hear: (news) => this.hear(news),
    });
    if (m.page) this.visit(m.page);
    // A panel that stood open goes along to the next page; one that covers the screen does not.
    if (before) this.toHost({ t: "open" });
  }

  private visit(page: Page): void {
    this.page.value = page;
    this.run({ do: "page", page });
  }

  private async lead(mirror: Mirror | null): Promise<void> {
    this.stop();
    const { turn } = this;
    const stored = await this.stored();
    if (turn !== this.turn) return;
    const { kept, model } = takeOver(mirror, stored, this.stores);
    this.kept = kept;
    this.engine = this.newEngine(kept, model);
    this.model.value = this.engine.model;
    if (Object.keys(this.told).length) this.engine.run({ do: "attributes", attributes: this.told });
    for (const command of this.early.splice(0)) this.engine.run(command);
  }

  /** What the host's storage has now; another tab may have changed it. */
  private stored(): Promise<Kept | null> {
    return new Promise((tell) => {
      this.wantsKept.push(tell);
      this.toHost({ t: "read" });
    });
  }

  /** What an engine still says after it has been stopped is not heard: another tab may lead by then. */
  private newEngine(before: Kept | null, model: Model | undefined): Engine {
    const { turn } = this;
    const leads = () => turn === this.turn;
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    return new Engine({
      api: http,
      env: browserEnv,
      site: this.config.site,
      locale: this.locale,
      socketUrl: `${scheme}//${location.host}/v1/widget/socket`,
      changed: (model) => {
        if (!leads()) return;
        this.model.value = model;
        this.publish();
      },
      tell: (name, detail) => void (leads() && this.tabs?.tell({ name, detail })),
      keep: (kept) => {
        if (!leads()) return;
        this.kept = kept;
        this.toHost({ t: "keep", kept: kept && JSON.stringify(kept) });
        this.publish();
      },
      read: () => this.stored(),
      askToken: () => this.toHost({ t: "token" }),
    }, this.config.presence, before, model);
  }

  private publish(): void {
    this.tabs?.publish({ model: this.model.value, kept: this.kept });
  }

  /** Another tab leads: it does what this one had no engine for yet. */
  private stepDown(): void {
    this.stop();
    for (const command of this.early.splice(0)) this.run(command);
  }

  private stop(): void {
    this.turn++;
    this.engine?.stop();
    this.engine = null;
  }

  private opened(open: boolean, full: boolean, focus: boolean): void {
    this.open.value = open;
    this.full.value = full;
    if (open && focus) this.focusAsked.value++;
    this.run({ do: "fold", open });
    if (open) this.run({ do: "nudge" });
  }

  /** One tab makes the sound; none does while somebody looks at the chat. */
  private hear({ name, detail }: News): void {
    if (name === "form") {
      this.form.value = null;
      this.draft.value ||= detail as string;
      return;
    }
    if (name === "site") return void setTimeout(() => this.toHost({ t: "changed" }), Math.random() * SOON);
    this.toHost({ t: "event", name, detail });
    if (name !== "message" || this.model.value.quiet) return;
    void chimeOnce(this.name, this.open.value && document.hasFocus());
  }
}
