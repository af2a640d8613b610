import { changed, commands, state } from "./commands";
import { configured, setUp } from "./config";
import type { Settings } from "./port";

type Command = (...args: unknown[]) => unknown;
type Global = Command & { q?: Iterable<unknown>[]; _?: unknown };

/** Puts the API on the page: Rapport("open") and Rapport.open() are the same call. */
function start(): void {
  const page = window as unknown as { Rapport?: Global; RapportSettings?: Settings };
  const script = document.currentScript as HTMLScriptElement | null;
  if (page.Rapport?._ || /bot|crawl|spider/i.test(navigator.userAgent)) return;
  setUp(new URL(script?.src ?? location.href).origin, changed);
  const before = page.Rapport?.q ?? [];
  const api: Global = (name, ...args) => (commands as unknown as Record<string, Command>)[name as string]!(...args);
  // _ is called by the configuration script, with the site's look and the launcher's words.
  page.Rapport = Object.assign(api, commands, { _: configured });
  Object.defineProperty(api, "state", { get: state });
  const settings: Settings & Record<string, unknown> = { ...script?.dataset, ...page.RapportSettings };
  // An attribute is always text: data-consent="false" must not count as a yes.
  for (const key in settings) if (settings[key] === "false") settings[key] = false;
  if (settings.site) commands.boot(settings);
  for (const call of before) api(...call);
}

start();
