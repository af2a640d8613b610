import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n";
import { Button } from "./button";

/** Shows its children only after a moment, so that what comes quickly never flashes. */
export function Soon({ children, ms = 150 }: { children: ComponentChildren; ms?: number }) {
  const [shown, show] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => show(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return shown ? <>{children}</> : null;
}

/** Grey shapes in the place of what is on its way. */
export function Skeleton({ lines = 3, kind = "text" }: { lines?: number; kind?: "text" | "row" | "bubble" }) {
  return (
    <Soon>
      <div class="skeletons" role="status" aria-label={t("loading")}>
        {Array.from({ length: lines }, (_, i) => (
          <div key={i} class={`skeleton skeleton-${kind}`} />
        ))}
      </div>
    </Soon>
  );
}

/** One sentence and one thing to do, where a list has nothing to show. */
export function Empty({ icon, title, children }: { icon?: ComponentChildren; title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      {icon && <span class="empty-icon">{icon}</span>}
      <p>{title}</p>
      {children}
    </div>
  );
}

/** What happened and a way to try again. */
export function Trouble({ message, retry }: { message: string; retry: () => void }) {
  return (
    <div class="empty" role="alert">
      <p>{message}</p>
      <Button onClick={retry}>{t("try_again")}</Button>
    </div>
  );
}
