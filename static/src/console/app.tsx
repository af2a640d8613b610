import { LocationProvider, Route, Router, useLocation } from "preact-iso/router";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "./i18n";
import { bindKeys } from "./keys";
import { deskPath, go, lendRoute, openConversation } from "./nav";
import { tellLooking, wearBadge } from "./notify";
import { listenForGesture } from "../panel/sound";
import { connect } from "./socket";
import { causing, closing } from "./state/agreement";
import { forgetAgent } from "./state/leaving";
import { startClock } from "./state/clock";
import { currentId, forgetConversations } from "./state/conversation";
import { loadDrafts } from "./state/drafts";
import { fetchPrompts, fetchTemplates } from "./state/guide";
import { fetchMine, forgetLists, list, reloadLists } from "./state/lists";
import { fetchMentions } from "./state/mentions";
import { question } from "./ask";
import { questions } from "./state/consults";
import { Questions } from "./views/consult/lazy";
import { offers } from "./state/offers";
import { loadMe, may, me, phase, site } from "./state/session";
import { part, partOf } from "./ui/part";
import { Soon, Trouble } from "./ui/state";
import { TipBubble } from "./ui/tip";
import { anyNote } from "./state/toasts";
import { asked } from "./state/asked";
import { asking } from "./state/order";
import { Closing, Ledger } from "./views/agreement/lazy";
import { Asked, Authority, Given } from "./views/authority/lazy";
import { Banner } from "./views/banner";
import { Board } from "./views/board/lazy";
import { Attach } from "./views/files/lazy";
import { Asked as AskedInOrder, Tags } from "./views/order/lazy";
import { Coach } from "./views/context/lazy";
import { Desk } from "./views/desk/desk";
import { awaySoon, reasonOpen } from "./status";
import { Find } from "./views/find/lazy";
import { SamePerson } from "./views/same/lazy";
import { AimVoice } from "./views/palette/aim";
import { Cause, Complaints } from "./views/complaint/lazy";
import { helpOpen, paletteOpen } from "./views/palette/open";
import { Visitors } from "./views/visitors/lazy";

const entrance = () => import("./views/enter/all");
const pages = () => import("./views/pages/all");
const windows = () => import("./views/windows");
const standing = () => import("./views/status/parts");

const Join = partOf(entrance, "Join");
const SetUp = partOf(entrance, "SetUp");
const SignIn = partOf(entrance, "SignIn");
const Site = partOf(pages, "Site");
const Guide = partOf(pages, "Guide");
const Team = partOf(pages, "Team");
const Account = partOf(pages, "Account");

const Audit = part(() => import("./views/audit/page"));
const FirstRun = part(() => import("./views/start/first-run"));
const SecondStepDue = part(() => import("./views/second/due"));
const Offers = partOf(() => import("./views/offer/parts"), "Offers", true);
const AwayWarning = partOf(standing, "AwayWarning", true);
const Reason = partOf(standing, "Reason", true);

const Toasts = partOf(windows, "Toasts", true);
const AskDialog = partOf(windows, "AskDialog", true);
const Palette = partOf(windows, "Palette", true);
const Help = partOf(windows, "Help", true);

export function App() {
  useEffect(() => {
    void loadMe();
    const stopClock = startClock();
    const stopBadge = wearBadge();
    const stopLooking = tellLooking();
    listenForGesture();
    return () => {
      stopClock();
      stopBadge();
      stopLooking();
    };
  }, []);
  return (
    <LocationProvider scope="/console">
      <Lend />
      <Gate />
      <When open={question.value !== null} show={AskDialog} />
      <When open={anyNote.value} show={Toasts} />
      <TipBubble />
    </LocationProvider>
  );
}

function Lend() {
  const { route } = useLocation();
  lendRoute(route);
  return null;
}

/** Decides by session and address what may be seen. */
function Gate() {
  const { path } = useLocation();
  if (path === "/console/setup" && phase.value !== "ready") return <SetUp />;
  if (path === "/console/join" && phase.value !== "ready") return <Join />;
  switch (phase.value) {
    case "loading":
      return (
        <Soon ms={400}>
          <p class="enter quiet">{t("loading")}</p>
        </Soon>
      );
    case "unreachable":
      return (
        <main class="enter">
          <Trouble message={t("unreachable")} retry={() => void loadMe()} />
        </main>
      );
    case "setup":
      return <SetUp />;
    case "signed_out":
      return <SignIn />;
    case "ready":
      if (me.value?.second_step_unset) return <SecondStepDue />;
      return <Inside key={me.value?.agent.id} />;
  }
}

function Inside() {
  const shownSite = useRef("");
  useEffect(() => {
    const stopDrafts = loadDrafts(me.value!.agent.id);

    const stopKeys = bindKeys();
    const stopFetching = fetchSoon();
    const hangUp = connect(me.value!.agent.id);
    const stopIdle = watchSoon();
    const show = (e: Event) => openConversation((e as CustomEvent<string>).detail);
    addEventListener("rapport:show", show);
    return () => {
      stopDrafts();
      stopKeys();
      stopFetching();
      hangUp();
      stopIdle();
      forgetAgent();
      forgetConversations();
      forgetLists();
      removeEventListener("rapport:show", show);
    };
  }, []);
  useEffect(() => {
    if (shownSite.current && shownSite.current !== site.value?.id) {
      reloadLists(true);
      // A conversation of the site before does not stand in these lists.
      if (currentId.value) go(deskPath(list.value));
    }
    shownSite.current = site.value?.id ?? "";
    fetchMine();
    void fetchMentions().catch(() => {});
    void Promise.all([fetchPrompts(), fetchTemplates()]).catch(() => {});
  }, [site.value?.id]);
  return (
    <div class="inside">
      <Banner />
      <When open={asked.value.length > 0} show={Asked} />
      <Router>
        <Route path="/console/search" component={Find} />
        <Route path="/console/promises" component={Ledger} />
        <Route path="/console/board/:part?" component={Board} />
        <Route path="/console/visitors" component={Visitors} />
        <Route path="/console/complaints" component={Complaints} />
        <Route path="/console/start/:screen?" component={FirstRun} />
        <Route path="/console/site/:section?" component={Site} />
        <Route path="/console/templates/:part?" component={Guide} />
        <Route path="/console/team" component={Team} />
        <Route path="/console/audit" component={Audit} />
        <Route path="/console/authority" component={Authority} />
        <Route path="/console/account" component={Account} />
        <Route path="/console/:list?/:id?" component={Desk} />
        <Route default component={Home} />
      </Router>
      <When open={paletteOpen.value} show={Palette} />
      <When open={helpOpen.value} show={Help} />
      <div class="slips">
        <When open={offers.value.length > 0} show={Offers} />
        <When open={questions.value.length > 0} show={Questions} />
      </div>
      <When open={awaySoon.value > 0} show={AwayWarning} />
      <When open={reasonOpen.value} show={Reason} />
      <When open={asking.value !== null} show={AskedInOrder} />
      <When open={closing.value !== ""} show={Closing} />
      <When open={causing.value !== null} show={Cause} />
      <AimVoice />
    </div>
  );
}

/** Whether somebody is still there is watched once the first screen stands. */
function watchSoon(): () => void {
  if (!may("conversation.answer")) return () => {};
  let stop: (() => void) | undefined;
  const timer = setTimeout(() => void standing().then(({ watchIdle }) => (stop = watchIdle())).catch(() => {}), 5_000);
  return () => {
    clearTimeout(timer);
    stop?.();
  };
}

/**
 * What will be wanted soon comes while nothing else happens: all that stands in every conversation, and
 * the windows, so that a key is never typed into nowhere.
 */
function fetchSoon(): () => void {
  const timer = setTimeout(() => {
    for (const part of [Coach, Closing, Attach, Tags, Given, SamePerson, Palette, AskDialog, Toasts, Help]) void part.preload();
    // Offline it cannot be fetched, and the next page begins it.
    void import("./worker").then(({ beginWorker }) => beginWorker(), () => {});
  }, 1_200);
  return () => clearTimeout(timer);
}

/** A window that is fetched when it is first opened, and stays from then on. */
function When({ open, show: Show }: { open: boolean; show: typeof Palette }) {
  const [wanted, want] = useState(open);
  useEffect(() => {
    if (!open) return;
    want(true);
    void Show.preload();
  }, [open]);
  return wanted ? <Show /> : null;
}

/** Any other address leads to the list in use. */
function Home() {
  const { route } = useLocation();
  useEffect(() => route("/console/" + list.value, true), []);
  return null;
}
