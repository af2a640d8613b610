import type { ComponentChildren } from "preact";
import { learn } from "../../i18n";
import words from "../../i18n/pages.json";
import { Rail } from "../desk/rail";

learn(words);

/** A page of settings: the rail, a heading, and sections of calm width. */
export function Page({ at, title, lead, actions, children }: { at: "search" | "promises" | "site" | "templates" | "team" | "board" | "visitors" | "account"; title: string; lead?: string; actions?: ComponentChildren; children: ComponentChildren }) {
  return (
    <div class="desk">
      <Rail at={at} />
      <main class="page">
        <div class="page-inner">
          <header class="page-head">
            <div class="grow">
              <h1>{title}</h1>
              {lead && <p class="quiet">{lead}</p>}
            </div>
            {actions}
          </header>
          {children}
        </div>
      </main>
    </div>
  );
}

/** A part of a page, with its heading where the page has several. */
export function Section({ title, lead, children }: { title?: string; lead?: ComponentChildren; children: ComponentChildren }) {
  return (
    <section class="card">
      {title && <h2>{title}</h2>}
      {lead && <p class="card-lead">{lead}</p>}
      {children}
    </section>
  );
}
