import { lazy, LocationProvider, Route, Router, useLocation } from "preact-iso";
import { useEffect } from "preact/hooks";
import { t } from "./i18n";
import { bindKeys } from "./keys";
import { lendRoute, openConversation } from "./nav";
import { wearBadge } from "./notify";
import { connect } from "./socket";
import { startClock } from "./state/clock";
import { loadDrafts } from "./state/drafts";
import { fetchPrompts, fetchTemplates } from "./state/guide";
import { list, reloadLists } from "./state/lists";
import { loadMe, me, phase, site } from "./state/session";
import { AskDialog } from "./ui/ask";
import { Soon, Trouble } from "./ui/state";
import { Toasts } from "./ui/toasts";
import { Banner } from "./views/banner";
import { Desk } from "./views/desk/desk";
import { Join } from "./views/enter/join";
import { SetUp } from "./views/enter/setup";
import { SignIn } from "./views/enter/signin";
import { AimVoice } from "./views/palette/aim";
import { Help } from "./views/palette/help";
import { Palette } from "./views/palette/palette";

const Site = lazy(() => import("./views/pages/site"));
const Templates = lazy(() => import("./views/pages/templates"));
const Team = lazy(() => import("./views/pages/team"));
const Account = lazy(() => import("./views/pages/account"));

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
      <Gate />
      <AskDialog />
      <Toasts />
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
    const hangUp = connect(me.value!.agent.id);
    const show = (e: Event) => openConversation((e as CustomEvent<string>).detail);
    addEventListener("rapport:show", show);
    return () => {
      stopKeys();
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
      <Palette />
      <Help />
      <AimVoice />
    </div>
  );
}

/** Any other address leads to the list in use. */
function Home() {
  const { route } = useLocation();
  useEffect(() => route("/console/" + list.value, true), []);
  return null;
}
