import type { ComponentChildren } from "preact";
import { learn } from "../../i18n";
import words from "../../i18n/pages.json";
import logo from "../../icons/rapport.svg";

learn(words);

/** The quiet page around signing in, setting up and joining. */
export function Frame({ title, lead, children }: { title: string; lead?: ComponentChildren; children: ComponentChildren }) {
  return (
    <main class="enter">
      <div class="enter-card">
        <img src={logo} alt="" width="36" height="36" />
        <h1>{title}</h1>
        {lead && <p class="enter-lead">{lead}</p>}
        {children}
      </div>
    </main>
  );
}
