import { useEffect, useState } from "preact/hooks";
import type { App } from "../app";
import { t } from "../words";
import { Icon } from "./icons";

/** A short break is nobody's business; after this long, in ms, the visitor is told. */
const GRACE = 2_000;

export function Banner({ app }: { app: App }) {
  const { downSince, state } = app.model.value.link;
  const [late, setLate] = useState(false);
  useEffect(() => {
    setLate(false);
    if (!downSince) return;
    const timer = setTimeout(() => setLate(true), Math.max(0, downSince + GRACE - Date.now()));
    return () => clearTimeout(timer);
  }, [downSince]);
  if (!downSince || !late) return null;
  return (
    <p class="banner" role="status">
      <Icon name="cloud" />
      {t(state === "stopped" ? "offline.stopped" : "offline.banner")}
    </p>
  );
}
