/** The console's socket: what comes in goes to the stores. */
import { browserEnv, Line, type LineStatus, type Outbox } from "../wire";
import type { AgentFrame, ToAgentFrame } from "../wire/protocol";
import { api, csrfToken } from "./api";
import { close } from "./desk";
import { notice, noticeRows } from "./notify";
import { setServerTime } from "./state/clock";
import * as talk from "./state/conversation";
import { fetchPrompts, fetchTemplates, renewed } from "./state/guide";
import { forgetTold, tellDelivered } from "./state/delivered";
import { attach, link } from "./state/link";
import { fetchMentions, hearMention } from "./state/mentions";
import { beginWaits, forgetWaits, hearWaits } from "./state/elsewhere";
import { applyRows, beginHearing, behindSites, reloadLists, rows, siteSeq } from "./state/lists";
import { fetchConsults } from "./state/consults";
import { hearOffer } from "./state/offers";
import { confirmed, openOutbox, sendLeaving } from "./state/outbox";
import { renamed } from "./state/rows";
import { enter, leave, may, me, refreshMe, refreshSites } from "./state/session";
import { agentsTurn, forgetWatching, hearTyping, team, watching } from "./state/team";
import { hearOwn } from "./status";
import { personName } from "./words";
import type { Me, TeamMember } from "../wire/protocol";

/** An interruption shorter than this is not spoken of, ms. */
const BANNER_AFTER = 2_000;

let epoch = "";
/** The sites whose place the last hello said. */
let asked: Record<string, number> = {};
let outbox: Outbox | null = null;
let banner: ReturnType<typeof setTimeout> | undefined;

/** Keeps a connection while somebody is signed in; the answer ends it. */
export function connect(agent: string): () => void {
  epoch = "";
  outbox = openOutbox(agent);
  const line = new Line<AgentFrame, ToAgentFrame>({
    url: location.origin.replace(/^http/, "ws") + "/v1/console/socket",
    env: browserEnv,
    hello,
    frame: hear,
    change: changed,
  });
  attach(line);
  line.start();
  const untell = tellDelivered();
  addEventListener("pagehide", sendLeaving);
  return () => {
    removeEventListener("pagehide", sendLeaving);
    untell();
    line.stop();
    attach(null);
    clearTimeout(banner);
    outbox?.down();
  };
}

/** fresh: the session was refused, so ask the server whether it still stands. */
async function hello(fresh: boolean): Promise<AgentFrame> {
  if (fresh) enter(await api.get<Me>("me"));
  asked = Object.fromEntries(siteSeq);
  return {
    type: "hello",
    protocol: 1,
    csrf: csrfToken(),
    epoch,
    sites: asked,
    open: talk.heldSeqs(),
  };
}

function changed(now: LineStatus): void {
  clearTimeout(banner);
  if (now.state !== "live") {
    outbox?.down();
    forgetWatching();
  }
  if (now.state === "live") link.value = "live";
  else if (now.reason === "revoked") leave(true);
  else if (now.state === "stopped") link.value = "stopped";
  else if (link.value !== "offline") {
    link.value = "short";
    const left = Math.max(0, now.downSince + BANNER_AFTER - Date.now());
    banner = setTimeout(() => (link.value = "offline"), left);
  }
}

function hear(frame: ToAgentFrame): void {
  switch (frame.type) {
    case "hello":
      return welcomed(frame);
    case "rows":
      noticeRows(frame.rows);
      talk.hearRows(frame.rows);
      hearWaits(frame);
      if (!applyRows(frame)) reloadLists(false);
      return;
    case "events":
      for (const e of frame.events) if (e.type === "message.posted" || e.type === "note.posted") arrived(e.message.client_id);
      return talk.hearEvents(frame.conversation_id, frame.events);
    case "ack":
      if (frame.message) talk.hearOwn(frame.conversation_id, frame.message);
      return arrived(frame.ref);
    case "error":
      return frame.ref ? outbox?.refused(frame.ref, frame) : undefined;
    case "typing":
      return hearTyping(frame.conversation_id, frame.who, frame.kind, frame.on);
    case "marks":
      return talk.hearMarks(frame.conversation_id, frame.marks);
    case "link":
      return talk.hearLink(frame);
    case "watching":
      watching.value = { ...watching.value, [frame.conversation_id]: frame };
      return;
    case "page":
      return talk.hearPage(frame.conversation_id, frame.page);
    case "team":
      return hearTeam(frame.team);
    case "promise":
    case "follow_up":
      return void import("./views/agreement/parts").then(({ tell }) => tell(frame));
    case "wait":
      return void import("./views/hours/remind").then(({ tellWait }) => tellWait(frame));
    case "erased":
      forgetWaits(frame.site_id, frame.conversation_ids);
      return void import("./views/privacy/parts").then(({ hearErased }) => hearErased(frame.conversation_ids));
    case "grant":
      return void import("./views/authority/parts").then(({ hearGrant }) => hearGrant(frame.grant));
    case "mention":
      if (hearMention(frame)) notice("mention", frame.conversation_id, frame.by.name, frame.text);
      return;
    case "offer":
      if (frame.offer) notice("offer", frame.conversation_id, personName(frame.offer.person), frame.offer.text);
      return hearOffer(frame.conversation_id, frame.offer);
    case "handover":
      return void import("./views/handover/parts").then(({ hearHandover }) => hearHandover(frame));
    case "changed":
      return again(frame.what);
    case "beat":
      talk.checkHeads(frame.heads);
      if (behindSites(frame.sites)) reloadLists(false);
      return;
    case "reload":
      if (frame.conversation_id) void talk.fetchConversation(frame.conversation_id);
      else reloadLists(true);
  }
}

/** The server has a message; one that was to be the last closes its conversation. */
function arrived(clientId: string): void {
  const last = confirmed(clientId);
  if (last) void close(last);
}

/** Who is here; a colleague's new name shows in the lists too. */
function hearTeam(now: TeamMember[]): void {
  team.value = now;
  hearOwn(now);
  rows.value = renamed(rows.value, now);
}

function welcomed(frame: Extract<ToAgentFrame, { type: "hello" }>): void {
  setServerTime(frame.server_time);
  hearTeam(frame.team);
  const again = epoch !== "";
  const other = again && epoch !== frame.epoch;
  epoch = frame.epoch;
  beginWaits(frame.waits);
  const missed = beginHearing(frame.sites, asked);
  talk.forgetAsking();
  if (other) {
    forgetTold();
    reloadLists(true);
    talk.forgetConversations();
  } else {
    talk.refreshHeld(again);
    if (missed) reloadLists(false);
  }
  outbox?.up();
  void fetchMentions().catch(() => {});
  if (me.value && !me.value.solo) void import("./views/offer/parts").then(({ fetchOffers }) => fetchOffers()).catch(() => {});
  if (me.value && !me.value.solo) void fetchConsults().catch(() => {});
  if (may("grant.decide")) void import("./state/authority").then(({ fetchAsked }) => fetchAsked()).catch(() => {});
}

type Changed = Extract<ToAgentFrame, { type: "changed" }>["what"];

/** Only where it was read before. */
const refreshAuthority = () => import("./state/authority").then(({ authority, fetchAuthority }) => (authority.value ? fetchAuthority() : undefined));

const refreshTags = () => import("./views/order/parts").then(({ tagsTurn }) => tagsTurn());

/** Somebody changed data of the site: read it again; a failure leaves what was there. */
function again(what: Changed): void {
  if (!me.value) return;
  const fetchIt = { site: refreshSites, templates: fetchTemplates, prompts: fetchPrompts, answers: renewed, standards: renewed, agents: refreshAgents, teams: refreshAgents, authority: refreshAuthority, tags: refreshTags, consults: fetchConsults, me: refreshMe }[what];
  void fetchIt().catch(() => {});
}

function refreshAgents(): Promise<void> {
  agentsTurn.value++;
  return refreshMe();
}
