import lazy, { ErrorBoundary } from "preact-iso/lazy";
import { LocationProvider, Route, Router, useLocation } from "preact-iso/router";
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "./i18n";
import { bindKeys } from "./keys";
import { lendRoute, openConversation } from "./nav";
import { wearBadge } from "./notify";
import { connect } from "./socket";
import { startClock } from "./state/clock";
import { loadDrafts } from "./state/drafts";
import { fetchPrompts, fetchTemplates } from "./state/guide";
import { list, reloadLists } from "./state/lists";
import { question } from "./ask";
import { loadMe, me, phase, site } from "./state/session";
import { Soon, Trouble } from "./ui/state";
import { anyNote } from "./state/toasts";
import { Banner } from "./views/banner";
import { Desk } from "./views/desk/desk";
import { AimVoice } from "./views/palette/aim";
import { helpOpen, paletteOpen } from "./views/palette/open";

const Join = lazy(() => import("./views/enter/join"));
const SetUp = lazy(() => import("./views/enter/setup"));
const SignIn = lazy(() => import("./views/enter/signin"));
const Site = lazy(() => import("./views/pages/site"));
const Templates = lazy(() => import("./views/pages/templates"));
const Team = lazy(() => import("./views/pages/team"));
const Account = lazy(() => import("./views/pages/account"));

const Toasts = lazy(() => import("./ui/toasts"));
const AskDialog = lazy(() => import("./ui/ask"));
const Palette = lazy(() => import("./views/palette/palette"));
const Help = lazy(() => import("./views/palette/help"));

export function App() {
  useEffect(() => {
    void loadMe();
    const stopClock = startClock();
    const stopBadge = wearBadge();
    return () => {
      stopClock();
      stopBadge();
    };
  }, []);
  return (
    <LocationProvider scope="/console">
      <Lend />
      <ErrorBoundary>
        <Gate />
      </ErrorBoundary>
      <When open={question.value !== null}>{() => <AskDialog />}</When>
      <When open={anyNote.value}>{() => <Toasts />}</When>
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
      return <Inside key={me.value?.agent.id} />;
  }
}

function Inside() {
  useEffect(() => {
    loadDrafts();
    const stopKeys = bindKeys();
    const stopFetching = fetchSoon();
    const hangUp = connect(me.value!.agent.id);
    const show = (e: Event) => openConversation((e as CustomEvent<string>).detail);
    addEventListener("rapport:show", show);
    return () => {
      stopKeys();
      stopFetching();
      hangUp();
      removeEventListener("rapport:show", show);
    };
  }, []);
  useEffect(() => {
    reloadLists(true);
    void Promise.all([fetchPrompts(), fetchTemplates()]).catch(() => {});
  }, [site.value?.id]);
  return (
    <div class="inside">
      <Banner />
      <Router>
        <Route path="/console/site" component={Site} />
        <Route path="/console/templates" component={Templates} />
        <Route path="/console/team" component={Team} />
        <Route path="/console/account" component={Account} />
        <Route path="/console/:list?/:id?" component={Desk} />
        <Route default component={Home} />
      </Router>
      <When open={paletteOpen.value}>{() => <Palette />}</When>
      <When open={helpOpen.value}>{() => <Help />}</When>
      <AimVoice />
    </div>
  );
}

/** What will be wanted soon comes while nothing else happens, so that a key is never typed into nowhere. */
function fetchSoon(): () => void {
  const timer = setTimeout(() => {
    for (const part of [Palette, AskDialog, Toasts, Help]) void part.preload();
  }, 1_200);
  return () => clearTimeout(timer);
}

/** A window that is fetched when it is first opened, and stays from then on. */
function When({ open, children }: { open: boolean; children: () => VNode }) {
  const [wanted, want] = useState(open);
  if (open && !wanted) want(true);
  return wanted ? <ErrorBoundary>{children()}</ErrorBoundary> : null;
}

/** Any other address leads to the list in use. */
function Home() {
  const { route } = useLocation();
  useEffect(() => route("/console/" + list.value, true), []);
  return null;
}
