import { expect, request, test as base, type APIRequestContext, type Browser, type BrowserContextOptions, type FrameLocator, type Locator, type Page } from "@playwright/test";
import { launch, world } from "./start";

export { world };

/** A visitor: one browser profile of their own, on the demonstration shop. */
export class Visitor {
  readonly panel: FrameLocator;
  readonly launcher: Locator;
  readonly box: Locator;
  readonly problems: string[] = [];

  constructor(readonly page: Page) {
    this.panel = page.frameLocator("rapport-chat iframe");
    this.launcher = page.locator("rapport-chat button");
    this.box = this.panel.getByRole("textbox");
    page.on("pageerror", (e) => this.problems.push(e.message));
    page.on("console", (m) => m.type() === "error" && /Content.Security|Trusted/i.test(m.text()) && this.problems.push(m.text()));
  }

  static async come(browser: Browser, options: BrowserContextOptions = {}, path = "index.html"): Promise<Visitor> {
    const context = await browser.newContext(options);
    const visitor = new Visitor(await context.newPage());
    await visitor.go(path);
    return visitor;
  }

  async go(path: string): Promise<void> {
    await this.page.goto(new URL(path, world().demo).href);
    await this.launcher.waitFor({ state: "attached" });
  }

  /** Another tab of the same browser. */
  async secondTab(path = "index.html"): Promise<Visitor> {
    const tab = new Visitor(await this.page.context().newPage());
    await tab.go(path);
    return tab;
  }

  async opens(): Promise<void> {
    await this.launcher.click();
    await expect(this.box).toBeFocused();
  }

  async writes(text: string): Promise<void> {
    await this.box.fill(text);
    await this.box.press("Enter");
  }

  message(text: string): Locator {
    return this.panel.getByRole("log").locator(".bubble", { hasText: text });
  }

  async sees(text: string): Promise<void> {
    await expect(this.message(text)).toHaveCount(1);
    await expect(this.message(text)).toBeVisible();
  }

  async leaves(): Promise<void> {
    await this.page.context().close();
    expect(this.problems, "errors and refused content on the visitor's page").toEqual([]);
  }

  call(...command: unknown[]): Promise<unknown> {
    return this.page.evaluate((c) => (window as unknown as { Rapport: (...a: unknown[]) => unknown }).Rapport(...c), command);
  }

  storage(): Promise<string[]> {
    return this.page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((k) => k.startsWith("rapport")));
  }
}

interface Row {
  id: string;
  last: { text: string };
  person: { id: string; name: string; verified: boolean };
}

/** An agent who answers by the console's own interface, so that these tests stand on the visitor's side only. */
export class Agent {
  private constructor(private readonly http: APIRequestContext, private readonly csrf: string, private readonly site: string) {}

  private static signedIn: Promise<Agent> | undefined;

  /** The owner, signed in once for all tests of a worker, since sign-ins are limited. */
  static here(): Promise<Agent> {
    return (Agent.signedIn ??= Agent.signIn());
  }

  /** The session that tests share has ended. */
  static forget(): void {
    Agent.signedIn = undefined;
  }

  static async signIn(): Promise<Agent> {
    const { console, owner } = world();
    const { origin } = new URL(console);
    const http = await request.newContext({ baseURL: origin, extraHTTPHeaders: { Origin: origin } });
    const answer = await http.post("/v1/console/login", { data: { email: owner.email, password: owner.password } });
    expect(answer.ok(), await answer.text()).toBe(true);
    const me = (await answer.json()) as { csrf: string; sites: { id: string }[] };
    return new Agent(http, me.csrf, me.sites[0]!.id);
  }

  /** The conversation whose last words these are, once it is there. */
  async finds(text: string): Promise<Row> {
    let found: Row | undefined;
    await expect.poll(async () => {
      for (const list of ["queue", "open", "closed"]) {
        const page = (await (await this.http.get(`/v1/console/conversations?site=${this.site}&list=${list}&limit=50`)).json()) as { rows: Row[] };
        found ??= page.rows.find((r) => r.last.text.includes(text));
      }
      return found !== undefined;
    }, { message: `a conversation that says "${text}"` }).toBe(true);
    return found!;
  }

  async takes(id: string): Promise<void> {
    await this.post(`${id}/take`, {});
  }

  /** template is the id of what the words started from. */
  async answers(id: string, text: string, kind: "reply" | "note" = "reply", template = ""): Promise<void> {
    await this.post(`${id}/messages`, { client_id: `e2e-${Date.now()}-${Math.random().toString(36).slice(2)}`, kind, text, ...(template && { template_id: template }) });
  }

  async addresses(person: string, email: string): Promise<void> {
    const answer = await this.http.patch(`/v1/console/people/${person}`, { data: { email }, headers: { "X-CSRF-Token": this.csrf } });
    expect(answer.ok(), await answer.text()).toBe(true);
  }

  /** The site's template of this shortcut. */
  async template(shortcut: string): Promise<{ id: string; body: string; uses: number }> {
    const { templates } = (await (await this.http.get(`/v1/console/sites/${this.site}/templates`)).json()) as { templates: { id: string; body: string; shortcut: string; uses: number }[] };
    return templates.find((x) => x.shortcut === shortcut)!;
  }

  async promises(id: string, text: string, due: number): Promise<void> {
    await this.post(`${id}/promises`, { client_id: `e2e-${Date.now()}-${Math.random().toString(36).slice(2)}`, text, due_at: Math.round(due) });
  }

  async closes(id: string): Promise<void> {
    await this.post(`${id}/close`, {});
  }

  async followsUp(id: string, text: string, due_at: number): Promise<void> {
    const answer = await this.http.put(`/v1/console/conversations/${id}/follow-up`, { data: { text, due_at }, headers: { "X-CSRF-Token": this.csrf } });
    expect(answer.ok(), await answer.text()).toBe(true);
  }

  /** A template of the whole site, for the Closing step. */
  async writesTemplate(title: string, body: string): Promise<void> {
    const data = { title, shortcut: "", body, steps: ["closing"], fit: {}, scope: "site" };
    const answer = await this.http.post(`/v1/console/sites/${this.site}/templates`, { data, headers: { "X-CSRF-Token": this.csrf } });
    expect(answer.ok(), await answer.text()).toBe(true);
  }

  async messages(id: string): Promise<{ text: string; client_id: string; author: { kind: string } }[]> {
    const view = (await (await this.http.get(`/v1/console/conversations/${id}`)).json()) as { messages: [] };
    return view.messages;
  }

  async person(id: string): Promise<{ name: string; verified: boolean; attributes: { key: string; value: string; verified: boolean }[] }> {
    const view = (await (await this.http.get(`/v1/console/conversations/${id}`)).json()) as { person: never };
    return view.person;
  }

  /** Connects as the console does, in a page of the console's origin, and listens to the conversation. */
  async connects(browser: Browser, conversation: string): Promise<Page> {
    const context = await browser.newContext({ storageState: await this.http.storageState() });
    const page = await context.newPage();
    await page.goto(new URL("/healthz", world().console).href);
    await page.evaluate(async ([csrf, id]) => {
      const heard: unknown[] = [];
      const socket = new WebSocket(`ws://${location.host}/v1/console/socket`);
      Object.assign(window, { heard, say: (frame: object) => socket.send(JSON.stringify(frame)) });
      await new Promise<void>((live) => {
        socket.onmessage = (e) => {
          heard.push(JSON.parse(String(e.data)));
          live();
        };
        socket.onopen = () => socket.send(JSON.stringify({ type: "hello", protocol: 1, csrf, epoch: "", sites: {}, open: { [id!]: 0 }, status: "online" }));
      });
    }, [this.csrf, conversation]);
    return page;
  }

  private async post(path: string, data: object): Promise<void> {
    const answer = await this.http.post(`/v1/console/conversations/${path}`, { data, headers: { "X-CSRF-Token": this.csrf } });
    expect(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`).toBe(true);
  }
}

/**
 * server: one world for a worker, so that a second try begins in a new one. All who come to it have one
 * address, so its rates per network are those of a benchmark: what is refused when, Go's tests prove.
 */
export const test = base.extend<{ ana: Agent }, { server: void }>({
  server: [
    // Playwright wants a pattern here, even where nothing is taken out of it.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const stop = await launch("--limits", "bench");
      await use();
      await stop();
    },
    { scope: "worker", auto: true },
  ],
  // oxlint-disable-next-line no-empty-pattern
  ana: async ({}, use) => use(await Agent.here()),
});
export { expect };
