/** How the chat gets onto a page, for each way in which pages are made. */
import type { Site } from "../../../wire/protocol";
import type { Key } from "../../i18n";

/** Something to take along: what it is for, and the text. */
export interface Code {
  label: Key;
  text: string;
}
export interface Guide {
  id: string;
  title: Key;
  /** What to do, one after the other. */
  steps: readonly Key[];
  codes: (site: Embed) => readonly Code[];
  /** What else is worth knowing. */
  notes: readonly Key[];
}
/** What stands in every snippet. */
export interface Embed {
  /** The whole tag. */
  tag: string;
  /** Where the chat comes from. */
  origin: string;
  key: string;
}

/** The parts of the tag that the server wrote. */
export function embedOf({ snippet, key }: Pick<Site, "snippet" | "key">): Embed {
  return { tag: snippet, origin: /src="([^"]*)\/w\.js"/.exec(snippet)?.[1] ?? "", key };
}

/** Tag Manager drops attributes that it does not know, and takes ES5 only. */
const byScript = ({ origin, key }: Embed) => `<script>
  (function () {
    var script = document.createElement("script");
    script.async = true;
    script.src = "${origin}/w.js";
    script.setAttribute("data-site", "${key}");
    document.head.appendChild(script);
  })();
</script>`;

const wordPress = ({ tag }: Embed) => `add_action( 'wp_footer', function () {
	?>
	${tag}
	<?php
} );`;

const next = ({ origin, key }: Embed) => `import Script from "next/script";

export default function RootLayout({ children }: { children: React.ReactNode }) {
  return (
    <html lang="en">
      <body>
        {children}
        <Script src="${origin}/w.js" data-site="${key}" strategy="afterInteractive" />
      </body>
    </html>
  );
}`;

const nuxt = ({ origin, key }: Embed) => `export default defineNuxtConfig({
  app: {
    head: {
      script: [{ src: "${origin}/w.js", async: true, "data-site": "${key}", tagPosition: "bodyClose" }],
    },
  },
});`;

export const GUIDES: readonly Guide[] = [
  { id: "html", title: "guide_html", steps: ["guide_html_1", "guide_html_2"], codes: (s) => [{ label: "code_tag", text: s.tag }], notes: [] },
  {
    id: "wordpress",
    title: "guide_wordpress",
    steps: ["guide_wordpress_1", "guide_wordpress_2", "guide_wordpress_3"],
    codes: (s) => [
      { label: "code_footer", text: s.tag },
      { label: "code_functions", text: wordPress(s) },
    ],
    notes: ["guide_wordpress_note"],
  },
  { id: "shopify", title: "guide_shopify", steps: ["guide_shopify_1", "guide_shopify_2", "guide_shopify_3"], codes: (s) => [{ label: "code_theme", text: s.tag }], notes: ["guide_shopify_note"] },
  { id: "gtm", title: "guide_gtm", steps: ["guide_gtm_1", "guide_gtm_2", "guide_gtm_3"], codes: (s) => [{ label: "code_gtm", text: byScript(s) }], notes: ["guide_gtm_note"] },
  {
    id: "react",
    title: "guide_react",
    steps: ["guide_react_1", "guide_react_2"],
    codes: (s) => [
      { label: "code_next", text: next(s) },
      { label: "code_index", text: s.tag },
    ],
    notes: ["guide_app_note"],
  },
  {
    id: "vue",
    title: "guide_vue",
    steps: ["guide_vue_1", "guide_vue_2"],
    codes: (s) => [
      { label: "code_index", text: s.tag },
      { label: "code_nuxt", text: nuxt(s) },
    ],
    notes: ["guide_app_note"],
  },
];

/** What a strict policy must allow, and nothing else. */
export const policy = ({ origin }: Embed): string => `Content-Security-Policy: script-src 'self' ${origin}; frame-src ${origin}`;
