import { expect, test, Visitor } from "./people";

test("Maria asks, Ana answers, and each sees what the other did", async ({ browser, ana }) => {
  const maria = await Visitor.come(browser);
  await maria.opens();
  await maria.writes("Is the Dusk lamp still on the shelf?");
  await maria.sees("Is the Dusk lamp still on the shelf?");
  await expect(maria.panel.getByText("Sent", { exact: true })).toBeVisible();

  const { id } = await ana.finds("Is the Dusk lamp still on the shelf?");
  await ana.takes(id);
  await expect(maria.panel.getByText("Ana Ruiz has joined")).toBeVisible();
  await ana.answers(id, "this note is for the team only", "note");
  await ana.answers(id, "Yes, **six** of them. See https://shop.example/dusk");
  await maria.sees("Yes, six of them.");
  await expect(maria.message("Yes").locator("strong")).toHaveText("six");
  const link = maria.message("Yes").getByRole("link");
  await expect(link).toHaveAttribute("rel", /noopener/);
  await expect(maria.panel.getByText("for the team only")).toHaveCount(0);
  await maria.leaves();
});

test("an unread answer shows on the launcher and in its name, and opening reads it", async ({ browser, ana }) => {
  const tom = await Visitor.come(browser);
  await tom.opens();
  await tom.writes("Do you mend old lamps?");
  const { id } = await ana.finds("Do you mend old lamps?");
  await tom.panel.getByRole("button", { name: "Close the chat" }).click();
  await expect(tom.launcher).toHaveAttribute("aria-expanded", "false");
  const before = await tom.page.evaluate(() => (window as never as { Rapport: { state: { unread: number } } }).Rapport.state.unread);
  await ana.answers(id, "We do, for life.");
  await expect(tom.launcher).toHaveAccessibleName(`Chat with us, ${before + 1} new message${before ? "s" : ""}`);
  await tom.launcher.click();
  await tom.sees("We do, for life.");
  await expect(tom.launcher.locator("b")).toBeHidden();
  await tom.panel.locator("body").press("Escape");
  await expect(tom.launcher).toBeFocused();
  await expect(tom.launcher).toHaveAccessibleName("Chat with us");
  await tom.leaves();
});

test("the conversation is there after the next page, in another tab, and after a reload", async ({ browser, ana }) => {
  const maria = await Visitor.come(browser);
  await maria.opens();
  await maria.writes("Which glaze is the darkest?");
  await maria.sees("Which glaze is the darkest?");
  // A panel that stood open goes along to the next page, and to the next tab.
  await maria.go("product.html?id=harbour");
  await maria.sees("Which glaze is the darkest?");

  const second = await maria.secondTab("cart.html");
  await second.sees("Which glaze is the darkest?");
  await second.writes("Iron, I think?");
  await maria.sees("Iron, I think?");
  const { id } = await ana.finds("Iron, I think?");
  await ana.answers(id, "Iron it is.");
  await maria.sees("Iron it is.");
  await second.sees("Iron it is.");

  // The tab that held the connection goes; the other one takes over.
  await maria.page.close();
  await ana.answers(id, "Nearly black, by candle light.");
  await second.sees("Nearly black, by candle light.");
  await second.writes("Good to know.");
  await second.sees("Good to know.");
  await second.page.reload();
  for (const text of ["Which glaze", "Iron, I think?", "Iron it is.", "Nearly black", "Good to know."]) await second.sees(text);
  expect((await ana.messages(id)).filter((m) => m.author.kind === "person").map((m) => m.text)).toEqual(["Which glaze is the darkest?", "Iron, I think?", "Good to know."]);
  await second.leaves();
});

test("offline in the middle of a sentence: kept, shown, sent once when back, even by the next page", async ({ browser, ana }) => {
  const tom = await Visitor.come(browser);
  await tom.opens();
  await tom.writes("First, online.");
  await expect(tom.panel.getByText("Sent", { exact: true })).toBeVisible();
  await tom.page.context().setOffline(true);
  await tom.writes("Second, offline.");
  await tom.sees("Second, offline.");
  await expect(tom.panel.getByText("Sending", { exact: true })).toBeVisible();
  await expect(tom.panel.getByText("No connection just now.")).toBeVisible();
  await tom.writes("Third, offline too.");
  await tom.page.context().setOffline(false);
  await expect(tom.panel.getByText("Sent", { exact: true })).toBeVisible();
  await expect(tom.panel.getByText("No connection just now.")).toHaveCount(0);

  // The page dies before the words could leave it; the next page sends them.
  await tom.page.context().setOffline(true);
  await tom.writes("Fourth, then the page is gone.");
  await tom.sees("Fourth, then the page is gone.");
  const context = tom.page.context();
  await tom.page.close();
  await context.setOffline(false);
  const again = new Visitor(await context.newPage());
  await again.go("cart.html");
  await again.sees("Fourth, then the page is gone.");
  const { id } = await ana.finds("Fourth, then the page is gone.");
  expect((await ana.messages(id)).filter((m) => m.author.kind === "person").map((m) => m.text)).toEqual(["First, online.", "Second, offline.", "Third, offline too.", "Fourth, then the page is gone."]);
  await again.leaves();
});

test("a conversation ends, goes on when written to, and a new one can be begun", async ({ browser, ana }) => {
  const maria = await Visitor.come(browser);
  await maria.opens();
  await maria.writes("Only a short question.");
  const { id } = await ana.finds("Only a short question.");
  await ana.answers(id, "And a short answer.");
  await ana.closes(id);
  await expect(maria.panel.getByText("Ana Ruiz ended this conversation")).toBeVisible();
  await maria.panel.getByRole("button", { name: "Start a new conversation" }).click();
  await expect(maria.panel.locator(".hello")).toBeVisible(); // what it says, another test may have changed
  await maria.writes("Now something else.");
  await maria.sees("Now something else.");
  const second = await ana.finds("Now something else.");
  expect(second.id).not.toBe(id);

  await maria.panel.getByRole("button", { name: "More" }).click();
  await maria.panel.getByRole("menuitem", { name: "Earlier conversations" }).click();
  await maria.panel.getByRole("button", { name: /And a short answer/ }).click();
  await maria.sees("Only a short question.");
  await maria.panel.getByRole("button", { name: "More" }).click();
  await maria.panel.getByRole("menuitem", { name: "Earlier conversations" }).click();
  await maria.panel.getByRole("button", { name: /Now something else/ }).click();
  await maria.panel.getByRole("button", { name: "More" }).click();
  await maria.panel.getByRole("menuitem", { name: "End this conversation" }).click();
  await expect(maria.panel.getByText("You ended this conversation")).toBeVisible();
  await maria.leaves();
});

test("each sees that the other writes, and what the other has read", async ({ browser, ana }) => {
  const tom = await Visitor.come(browser);
  await tom.opens();
  await tom.writes("Are you there?");
  const { id } = await ana.finds("Are you there?");
  const desk = await ana.connects(browser, id);
  const say = (frame: object) => desk.evaluate((f) => (window as never as { say(f: object): void }).say(f), frame);
  const heard = (type: string) => desk.evaluate((t) => (window as never as { heard: { type: string; on?: boolean }[] }).heard.filter((f) => f.type === t), type);

  const head = async () => Math.max(0, ...((await heard("events")) as unknown as { events: { seq: number }[] }[]).flatMap((f) => f.events.map((e) => e.seq)));
  await expect.poll(head).toBeGreaterThan(0);
  await say({ type: "read", conversation_id: id, seq: await head() });
  await expect(tom.panel.getByText("Read", { exact: true })).toBeVisible();
  await say({ type: "typing", conversation_id: id, kind: "reply", on: true });
  await expect(tom.panel.locator(".typing")).toHaveText("Ana Ruiz is writing");
  await say({ type: "typing", conversation_id: id, kind: "note", on: true });
  await say({ type: "typing", conversation_id: id, kind: "reply", on: false });
  await expect(tom.panel.locator(".typing")).toHaveCount(0);

  await tom.box.pressSequentially("I am");
  await expect.poll(() => heard("typing")).toEqual(expect.arrayContaining([expect.objectContaining({ on: true })]));
  await expect(tom.panel.locator(".status.online")).toBeVisible();
  await desk.context().close();
  await tom.leaves();
});

test("a tab that the system has frozen does not hold the others up", async ({ browser, ana }) => {
  const maria = await Visitor.come(browser);
  await maria.opens();
  await maria.writes("From the first tab.");
  await expect(maria.panel.getByText("Sent", { exact: true })).toBeVisible();
  const second = await maria.secondTab("cart.html");
  await second.sees("From the first tab.");
  const cdp = await maria.page.context().newCDPSession(maria.page);
  await cdp.send("Page.setWebLifecycleState", { state: "frozen" });
  await second.writes("From the second, while the first sleeps.");
  await expect(second.panel.getByText("Sent", { exact: true })).toBeVisible();
  const { id } = await ana.finds("From the second, while the first sleeps.");
  await cdp.send("Page.setWebLifecycleState", { state: "active" });
  await ana.answers(id, "Good morning.");
  await second.sees("Good morning.");
  await maria.sees("Good morning.");
  await maria.sees("From the second, while the first sleeps.");
  expect((await ana.messages(id)).filter((m) => m.author.kind === "person")).toHaveLength(2);
  await maria.leaves();
});

test("too long a text is counted, kept and not sent; sound stays as it was set", async ({ browser }) => {
  const tom = await Visitor.come(browser);
  await tom.opens();
  await tom.box.fill("ü".repeat(10_002));
  await expect(tom.panel.getByRole("alert")).toHaveText("2 characters too many");
  await expect(tom.box).toHaveAttribute("aria-invalid", "true");
  await expect(tom.panel.getByRole("button", { name: "Send", exact: true })).toBeDisabled();
  await tom.box.press("Enter");
  await expect(tom.box).toHaveValue("ü".repeat(10_002));
  await tom.writes("Short enough.");
  await tom.sees("Short enough.");
  await tom.panel.getByRole("button", { name: "More" }).click();
  await tom.panel.getByRole("menuitemcheckbox").click();
  await tom.box.fill("not sent yet");
  await expect.poll(() => tom.page.evaluate(() => JSON.stringify({ ...localStorage }))).toContain("not sent yet");
  await tom.page.reload();
  await tom.sees("Short enough.");
  await expect(tom.box).toHaveValue("not sent yet");
  await tom.panel.getByRole("button", { name: "More" }).click();
  await expect(tom.panel.getByRole("menuitemcheckbox")).toHaveAttribute("aria-checked", "false");
  await tom.leaves();
});
