/** The golden files that the Go tests hold the server to, held to protocol.ts and to our own wire client. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { test } from "node:test";
import * as fc from "fast-check";
import { CLOSE, type ConversationEvent, LIMITS } from "../src/wire/protocol";
import { Sequence } from "../src/wire/sequence";

const root = process.env.STATIC_ROOT!;
const docs = join(root, "docs");

function golden(folder: string): Map<string, unknown> {
  const names = readdirSync(join(docs, "golden", folder)).sort();
  return new Map(names.map((n) => [basename(n, ".json"), JSON.parse(readFileSync(join(docs, "golden", folder, n), "utf8"))]));
}

interface EventFile {
  visitor: ConversationEvent | null;
  team: ConversationEvent;
}
const events = [...golden("events").values()] as EventFile[];
const byNumber = (list: readonly ConversationEvent[]) => [...list].sort((a, b) => a.seq - b.seq);

/** Types of protocol.ts for each answer and request over HTTP, by the operation's name. */
const HTTP: Record<string, string> = {
  "startSession.request": "P.SessionRequest", "startSession.response": "P.Session",
  "listOwnConversations.response": "{ conversations: P.VisitorConversation[] }", "readOwnThread.response": "P.VisitorPage",
  "postOwnMessage.request": "{ client_id: string; text: string; read?: string[] }", "postOwnMessage.response": "{ conversation_id: string; message: P.Message }",
  "endOwnConversation.response": '{ state: "closed" }', "tellAttributes.request": "{ attributes?: Record<string, string>; name?: string; email?: string }",
  "setUp.request": "{ token: string; name: string; email: string; password: string }", "login.request": "{ email: string; password: string }",
  "renameMe.request": "{ name: string }", "setStatus.request": "{ status: P.Status; reason?: string; auto?: boolean; no_new_minutes?: number }", "setStatus.response": "P.Standing", "listOffers.response": "{ offers: P.Offer[] }", "changePassword.request": "{ old: string; new: string }",
  "listSessions.response": "{ sessions: P.AgentSession[] }", "listSessionsOf.response": "{ sessions: P.AgentSession[] }", "listAgents.response": "{ agents: P.Agent[]; invitations: P.Invitation[] }",
  "listTeams.response": "{ teams: P.Team[] }", "readSecondStep.response": "P.SecondStep",
  "beginSecondStep.request": "{ password: string }", "beginSecondStep.response": "{ secret: string; address: string; qr: string[] }",
  "turnOffSecondStep.request": "{ password: string; code: string }", "listRoles.response": "{ roles: P.RoleView[] }",
  "changeAgent.request": "{ role?: P.Role; disabled?: boolean; complaints?: boolean; work?: P.Work }", "changeAgent.response": "P.Agent",
  "invite.request": "{ email: string; role: P.Role; teams?: string[] }", "invite.response": "P.Invitation", "lookAtInvitation.request": "{ token: string }",
  "lookAtInvitation.response": "{ email: string; role: P.Role; role_name?: string; installation: string }", "acceptInvitation.request": "{ token: string; name: string; password: string }",
  "listConversations.response": "P.RowPage", "viewConversation.response": "P.ConversationView",
  "readThread.response": "{ messages: P.Message[]; events: P.ConversationEvent[]; more: boolean }",
  "postMessage.request": '{ client_id: string; kind: "reply" | "note"; text: string; template_id?: string; other_templates?: string[] }', "postMessage.response": "{ message: P.Message }",
  "takeConversation.request": "{ from?: string }", "moveStep.request": "{ step: P.Step }", "tickPrompt.request": "{ state: P.PromptState }",
  "undoProgress.request": "{ progress_id: string }", "saveDraft.request": '{ kind: "reply" | "note"; text: string }',
  "changePerson.request": "{ name?: string; email?: string; segment?: string }", "changePerson.response": "P.Person",
  "addNote.request": "{ text: string }", "addNote.response": "P.PersonNote", "listSites.response": "{ sites: P.Site[] }",
  "changeSite.request": "Partial<P.SiteSettings>", "changeSite.response": "P.Site", "rotateIdentitySecret.response": "{ kid: string; secret: string }",
  "listIdentitySecrets.response": "{ secrets: P.IdentitySecret[] }", "sampleIdentity.response": "{ token: string }",
  "tryIdentity.request": "{ token: string }", "tryIdentity.response": "P.IdentityVerdict",
  "listPrompts.response": "{ prompts: P.Prompt[] }", "listTemplates.response": "{ templates: P.Template[] }",
  "listRules.response": "{ rules: P.EvidenceRule[] }", "listVersions.response": "{ current: P.TemplateVersion; versions: P.TemplateVersion[] }",
  "tryRules.request": "{ text: string; step: P.Step }", "tryRules.response": "{ found: { name: string; words: string }[] }",
  "listPromptVersions.response": "{ current: P.PromptVersion; versions: P.PromptVersion[] }",
  "orderPrompts.request": "{ ids: string[] }", "orderPrompts.response": "{ prompts: P.Prompt[] }",
  "orderStandards.request": "{ ids: string[] }", "orderStandards.response": "{ standards: P.Standard[] }",
  "listQuickAnswers.response": "{ answers: P.QuickAnswer[] }", "openQuickAnswer.request": "{ site: string; helped?: boolean }",
  "listAnswerUses.response": "P.AnswerUses", "orderAnswers.request": "{ ids: string[] }", "orderAnswers.response": "{ answers: P.Answer[] }",
  "listAnswers.response": "{ answers: P.Answer[] }", "listStandards.response": "{ standards: P.Standard[] }",
  "bringIn.request": "P.ImportRequest", "bringIn.response": "P.Brought", "listImports.response": "{ imports: P.Import[] }", "importExample.response": "P.CalendarFile", "undoImport.response": "{ stay: number }",
  "enterByHand.request": "P.EntryRequest", "enterByHand.response": "P.Row", "calendar.response": "P.CalendarFile", "ownCalendar.response": "P.CalendarFile",
  "exportGuide.response": "{ name: string; text: string }", "importGuide.request": '{ as: "json" | "csv"; text: string }', "importGuide.response": "P.Landed",
  "addStarter.request": "{ trade: P.Trade }", "addStarter.response": "P.Landed",
  "noteYes.request": "{ message_id: string; option?: string }",
  "answerCard.request": "{ choice: P.CardChoice; option?: string; text?: string }",
  "sendCard.request": '{ client_id: string; kind: P.CardKind; text: string } & Partial<Pick<P.Card, "options" | "limits" | "our_part" | "our_due" | "your_part" | "your_due">>',
  "makePromise.request": '{ client_id: string; text: string; due_at: number; message_id?: string; owner_id?: string } & Partial<Pick<P.CustomerPromise, "whose" | "zone" | "words" | "next_at">>',
  "keepPromise.request": "{ client_id: string; text?: string }", "movePromise.request": "{ client_id: string; due_at: number; why: string; next_at?: number }",
  "planFollowUp.request": "{ text: string; template_id?: string; due_at: number }",
  "dropPromise.request": "{ why: string }", "handPromise.request": "{ agent_id: string }", "setAbsence.request": "{ until: number; to_id: string }", "listOwnPromises.response": "{ promises: P.CustomerPromise[] }",
  "listPromises.response": "{ promises: P.LedgerRow[]; next: string; counts: { soon: number; late: number } }",
  "correctMatter.request": '{ type?: P.InteractionType | ""; mood?: P.Mood | ""; need?: string; question?: string; concern?: boolean; detail?: boolean }', "openMatter.request": "{ need?: string; message_id?: string }",
  "listMatters.response": "P.Matters", "fileMessage.request": "{ matter_id: string }",
  "findCommitments.request": "{ text: string; zone: string }", "findCommitments.response": "{ found: P.Commitment[] }",
  "sendOwnTranscript.request": "{ email?: string }", "sendOwnTranscript.response": "P.Transcript", "sendTranscript.request": "{ email?: string }", "sendTranscript.response": "P.Transcript",
  "leaveAddress.request": "{ email: string }", "leaveAddress.response": "{ due_at: number }",
  "listHolidays.response": "{ regions: P.HolidayRegion[]; coming: P.Holiday[] }",
  "previewWaiting.request": "{ hours: P.Hours; waiting: P.WaitRules; locale: string; zone: string }", "previewWaiting.response": "P.WaitWords",
  "giveFeedback.request": "{ solved?: P.Solved; rating?: number; comment?: string }", "giveFeedback.response": "P.Feedback",
  "listGrants.response": "{ grants: P.Grant[] }", "decideGrant.request": "{ yes: boolean; words?: string }",
  "promiseGrant.request": "{ client_id: string; text: string; due_at: number; zone?: string }", "agreeLimits.request": "{ version: number }",
  "setAuthority.request": 'Pick<P.Authority, "version" | "currency" | "kinds" | "limits" | "answer_within">',
  "wishLimits.request": "{ text: string }", "wishLimits.response": "P.LimitWish", "listGrantTotals.response": "{ totals: P.GrantTotal[] }",
  "readClosing.response": "P.ClosingView", "listHeldFollowUps.response": "{ follow_ups: P.HeldFollowUp[] }",
  "listComplaints.response": "{ complaints: P.ComplaintRow[]; next: string }", "stageComplaint.request": "{ state: P.PromptState }",
  "recordComplaint.request": 'Partial<Pick<P.Complaint, "expectation" | "solution" | "confirmation" | "root_cause" | "cause_words" | "cause_skipped" | "follow_up_at">>',
  "reportDelay.request": "{ reference: string; customer?: string; what?: string; reason?: string; until?: number }",
  "reportDelay.response": '{ outcome: "told" | "waiting" | "unknown"; promises: { id: string; conversation_id: string; effect: "moved" | "marked" | "waiting" }[]; conversations: string[]; unknown: string[] }',
  "tellDelay.request": "{ promise_id?: string }", "tellDelay.response": "P.Delay", "dropDelay.response": "P.Delay",
  "giveConversation.request": "{ agent_id: string; from: string }", "snoozeConversation.request": "{ until: number }", "putBack.request": "{ on: boolean }", "markPublic.request": "{ on: boolean }",
  "declineConversation.request": "{ why?: string }", "promiseAnswer.request": "{ from: string }",
  "consult.request": "{ client_id: string; agent_id?: string; team_id?: string; question: string }", "consult.response": "{ message: P.Message }", "listConsults.response": "P.Consults", "listOpenConsults.response": "{ consults: P.Consult[] }", "listHands.response": "P.Hands",
  "whisper.request": "{ client_id: string; text: string }", "whisper.response": "{ message: P.Message }", "moveConversation.request": "P.MoveTo & { from: string; why?: string }", "moveConversation.response": "P.Row",
  "answerConsult.request": "{ client_id: string; text: string }", "answerConsult.response": "{ message: P.Message }",
  "inviteGuest.request": "{ agent_id?: string; team_id?: string; from: string; note?: string }",
  "listCandidates.response": "P.Candidates", "handOver.request": "{ agent_id?: string; team_id?: string; from: string; note?: string }", "readBoard.response": "P.Board", "readHandovers.response": "P.Handovers", "readFigures.response": "P.Figures", "listVisitors.response": "P.VisitorChanges", "listInviteUses.response": "P.InviteUses", "tryRule.request": "{ rule: P.InviteRule }", "tryRule.response": "P.TriedRule", "readVisit.response": "{ pages: P.VisitedPage[] }", "reportHere.response": "P.Heard", "inviteVisitor.request": "{ site: string; text: string }", "inviteVisitor.response": "Record<string, never>",
  "listUnitable.response": "P.Unitable", "splitConversation.request": "P.Split", "uniteConversation.request": "{ into: string; from: string; into_has: string }",
  "unreadMentions.response": "{ unread: string[] }",
  "addTag.request": "{ id: string } | { name: string }", "listTags.response": "{ tags: P.Tag[] }", "listTagsByServer.response": "{ tags: P.Tag[] }",
  "renameTag.request": "{ name: string }", "renameTag.response": "P.Tag", "mergeTag.request": "{ into: string }", "mergeTag.response": "P.Tag",
  "readWake.request": "{ text: string; zone: string }", "readWake.response": "{ at: number }",
  "tagByServer.request": "{ add?: string[]; remove?: string[] }", "tagByServer.response": "{ tags: P.TagCard[] }",
  "erasePerson.request": '{ reason: "asked" | "unneeded" | "mistaken"; confirm: string }', "readKnown.response": "P.Known",
  "listAPIKeys.response": "{ keys: P.APIKey[] }", "makeAPIKey.request": "{ name: string }", "makeAPIKey.response": "P.APIKey",
  "listWebhooks.response": "{ webhooks: P.Webhook[] }", "addWebhook.request": 'Pick<P.Webhook, "url" | "kinds">', "addWebhook.response": "P.Webhook", "rotateWebhook.response": "P.Webhook",
  "changeWebhook.request": 'Partial<Pick<P.Webhook, "url" | "kinds">> & { paused?: boolean }', "changeWebhook.response": "P.Webhook", "tryWebhook.response": "P.WebhookAttempt",
  "listAttempts.response": "{ attempts: P.WebhookAttempt[] }", "sendAgain.request": "{ from?: number }",
  "uploadFile.response": "{ file: P.SentFile }", "uploadOwnFile.response": "{ file: P.SentFile }",
  "linkFiles.response": "{ links: P.FileLink[] }", "linkOwnFiles.response": "{ links: P.FileLink[] }",
  "addSite.request": "{ name: string }", "addSite.response": "P.Site",
  "listAudit.response": "{ entries: P.AuditEntry[]; more: boolean }", "checkAudit.response": "{ whole: boolean; good: number; broken: number }",
  "listPlaces.response": "{ places: P.Place[]; secure: boolean }",
  "previewSite.request": "Partial<P.SiteSettings>", "previewSite.response": "P.Preview", "addPicture.response": "{ name: string; url: string }",
  "previewRetention.response": "P.RetentionPreview", "findSame.response": "{ people: P.SamePerson[] }", "compareSame.response": "P.Compared", "mergePeople.request": "{ both_see: true }", "mergePeople.response": "P.PersonMerge",
  "search.response": "P.SearchPage", "findPeople.response": "{ people: P.PersonFound[] }", "listViews.response": "{ views: P.SavedView[] }",
  "orderViews.request": "{ shared: boolean; ids: string[] }",
  "health.response": '{ status: "ok" }', "ready.response": '{ status: "ready" }', "demoIdentity.response": "{ token: string }",
};
/** What is written of a thing: all that it has but what the server puts in. */
const WRITTEN: Record<string, string> = {
  Template: 'Omit<P.Template, "id" | "uses" | "as_is" | "reworded" | "worth" | "updated_at">', Prompt: 'Omit<P.Prompt, "id" | "key">', Answer: 'Omit<P.Answer, "id" | "updated_at">', Standard: 'Omit<P.Standard, "id">',
  Team: 'Omit<P.Team, "id" | "made_at">',
};
const FRAMES: Record<string, string> = { visitor: "P.VisitorFrame", to_visitor: "P.ToVisitorFrame", agent: "P.AgentFrame", to_agent: "P.ToAgentFrame" };

function httpType(name: string): string {
  if (name.startsWith("error.")) return "{ status: number; body: P.Failure }";
  if (/^(setUp|login|acceptInvitation|readMe|renameMe|changePassword)\.response$/.test(name)) return "P.Me";
  if (/^(addTag|removeTag|putBack|markPublic|handOver|recallHandover|uniteConversation|splitConversation|promiseAnswer|inviteGuest|joinAsGuest|endVisit)\.response$/.test(name)) return "P.Row";
  if (/^(take|release|decline|close|reopen|give|snooze|wake)Conversation\.response$/.test(name)) return "P.Row";
  if (/^(moveStep|tickPrompt|undoProgress)\.response$/.test(name)) return "P.Matter";
  if (/^(answer|send|withdraw)Card\.response$|^noteYes\.response$/.test(name)) return "P.Card";
  if (/^(make|keep|move|drop|hand)Promise\.response$/.test(name)) return "P.CustomerPromise";
  if (/^(read|set|end)Absence\.response$/.test(name)) return "P.AbsenceView";
  if (/^(read|plan|drop)FollowUp\.response$/.test(name)) return "P.PlannedFollowUp";
  if (/^(correct|open|turn|drop)Matter\.response$|^fileMessage\.response$/.test(name)) return "P.Matter";
  if (/^(open|record|stage|drop)Complaint\.response$/.test(name)) return "P.Complaint";
  if (/^(give|ask)Grant\.request$/.test(name)) return '{ client_id: string } & Pick<P.Grant, "kind" | "amount" | "reason"> & { note?: string }';
  if (/^(give|ask|decide|withdraw|promise)Grant\.response$/.test(name)) return "P.Grant";
  if (/^(confirmSecondStep|renewRecoveryCodes)\.request$/.test(name)) return "{ code: string }";
  if (/^(confirmSecondStep|renewRecoveryCodes)\.response$/.test(name)) return "{ codes: string[] }";
  if (/^(readReach|setReach|addPushDevice|deletePushDevice)\.response$/.test(name)) return "P.Reach";
  if (name === "setReach.request") return 'Pick<P.Reach, "mail" | "quiet" | "begins" | "ends" | "zone" | "mutes">';
  if (name === "addPushDevice.request") return "{ endpoint: string; p256dh: string; auth: string }";
  if (/^(readSecurity\.response|setSecurity\.(request|response))$/.test(name)) return "P.Security";
  if (/^(add|change)Role\.request$/.test(name)) return '{ name: string; permissions: P.Permission[] }';
  if (/^(add|change)Role\.response$/.test(name)) return "P.RoleView";
  if (/^(read|set)Authority\.response$|^agreeLimits\.response$/.test(name)) return "P.Authority";
  if (/^(add|change)View\./.test(name)) return name.endsWith("request") ? 'Pick<P.SavedView, "name" | "query" | "shared">' : "P.SavedView";
  const kind = /^(?:add|change)(Template|Prompt|Answer|Standard|Team)\./.exec(name)?.[1];
  if (kind) return name.endsWith("request") ? WRITTEN[kind]! : `P.${kind}`;
  return HTTP[name] ?? "Record<string, never>";
}

/** One declaration for each golden file: the compiler then says what is missing, of a wrong kind, or too much. */
function declarations(): string[] {
  const lines: string[] = [];
  const add = (type: string, value: unknown) => lines.push(`export const v${lines.length}: ${type} = ${JSON.stringify(value)};`);
  for (const file of events) for (const form of [file.visitor, file.team]) if (form) add("P.ConversationEvent", form);
  for (const [name, frame] of golden("frames")) add(FRAMES[name.split(".")[0]!]!, frame);
  for (const [name, body] of golden("http")) add(httpType(name), body);
  return lines;
}

test("every golden file is exactly what protocol.ts says", () => {
  const dir = mkdtempSync(join(tmpdir(), "rapport-golden-"));
  try {
    const post = golden("frames").get("visitor.post") as object;
    const refused = [{ ...post, admin: true }, { ...post, text: 1 }, { ...post, text: undefined }].map(
      (wrong, i) => `// @ts-expect-error The compiler must see what is wrong here.\nexport const wrong${i}: P.VisitorFrame = ${JSON.stringify(wrong)};`,
    );
    writeFileSync(join(dir, "golden.ts"), [`import type * as P from ${JSON.stringify(join(root, "src/wire/protocol.ts"))};`, ...declarations(), ...refused].join("\n"));
    const options = { strict: true, noEmit: true, target: "ES2022", module: "ESNext", moduleResolution: "bundler", allowImportingTsExtensions: true, types: [], lib: ["ES2022"] };
    writeFileSync(join(dir, "tsconfig.json"), JSON.stringify({ compilerOptions: options, files: ["golden.ts"] }));
    try {
      execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", dir], { encoding: "utf8" });
    } catch (error) {
      assert.fail((error as { stdout: string }).stdout.replaceAll(/= \{.{200,}/g, "= …"));
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

/** The story of the golden events, with an event in each place that has no file of its own. */
function story(form: "visitor" | "team"): ConversationEvent[] {
  const told = byNumber(events.flatMap((file) => file[form] ?? []));
  const frame = golden("frames").get(form === "team" ? "to_agent.events" : "to_visitor.events") as { events: ConversationEvent[] };
  const all = new Map([...told, ...frame.events].map((e) => [e.seq, e]));
  return byNumber([...all.values()]);
}

for (const form of ["visitor", "team"] as const) {
  test(`the ${form}'s events have no holes and are shown once, in order, however they come`, () => {
    const list = story(form);
    assert.deepEqual(list.map((e) => [e.seq, e.prev]), list.map((_, i) => [i + 1, i]));
    const arrivals = fc.array(fc.subarray(list), { maxLength: 12 }).chain((batches) => fc.shuffledSubarray([...batches, ...list.map((e) => [e])], { minLength: batches.length + list.length }));
    fc.assert(
      fc.property(arrivals, (batches) => {
        const sequence = new Sequence();
        const shown = batches.flatMap((batch) => sequence.accept(batch));
        assert.deepEqual(shown, list);
        assert.equal(sequence.ask(0), null);
      }),
    );
  });
}

test("a hole in the golden events is asked about from before it", () => {
  const list = story("team");
  const sequence = new Sequence();
  sequence.accept([...list.slice(0, 3), ...list.slice(5)]);
  assert.equal(sequence.ask(0), 3);
});

test("a beat's head tells of what was lost", () => {
  const beat = golden("frames").get("to_visitor.beat") as { heads: Record<string, number> };
  const sequence = new Sequence();
  sequence.accept(story("visitor").slice(0, 2));
  sequence.noteHead(Object.values(beat.heads)[0]!);
  assert.equal(sequence.ask(0), 2);
});

test("close codes and limits are those of the document", () => {
  const document = JSON.parse(readFileSync(join(docs, "asyncapi.json"), "utf8")) as { "x-close-codes": { code: number; name: string; come: string }[] };
  const documented = document["x-close-codes"].filter((c) => c.code !== 1000).map(({ code, name, come }) => [String(code), { name, come }]);
  assert.deepEqual(Object.fromEntries(documented), CLOSE);
  const hello = golden("frames").get("to_visitor.hello") as { limits: { text: number; frame: number } };
  assert.deepEqual(hello.limits, { text: LIMITS.text, frame: LIMITS.frame });
});
