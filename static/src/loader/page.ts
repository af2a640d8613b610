/** Calls fn with every other address that the page takes without loading anew. */
export const watchAddress = (on: (target: EventTarget, name: string, fn: () => void) => void, fn: () => void): void => {
  let known = location.href;
  const look = () => {
    if (known === location.href) return;
    known = location.href;
    fn();
  };
  // The title often changes a moment after the address.
  const soon = () => setTimeout(look, 50);
  const { navigation } = window as { navigation?: EventTarget };
  on(navigation ?? window, navigation ? "navigatesuccess" : "click", soon);
  on(window, "popstate", soon);
};

/**
 * On phones the panel covers the page: the rest of it must not take focus, and the launcher has no
 * place. Returns the way back.
 */
export const coverPage = (host: HTMLElement): (() => undefined) => {
  const covered = ([...document.body.children] as HTMLElement[]).filter((e) => e !== host && !e.inert);
  const set = (on: boolean): undefined => {
    host.toggleAttribute("full", on);
    covered.forEach((e) => (e.inert = on));
  };
  set(true);
  return () => set(false);
};
