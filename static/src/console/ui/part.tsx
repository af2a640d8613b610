import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../i18n";
import { Trouble } from "./state";

type Part<P> = ComponentType<P> & { preload: () => Promise<void> };

/**
 * A part of the console that is fetched when it is first shown. Without a connection it says so and
 * can be asked for again; a quiet part (a window over the page) simply does not come.
 */
export function part<P extends object>(load: () => Promise<{ default: ComponentType<P> }>, quiet = false): Part<P> {
  const found = signal<ComponentType<P> | null>(null);
  const failed = signal(false);
  let coming: Promise<void> | null = null;

  const fetchIt = async () => {
    failed.value = false;
    try {
      found.value = (await load()).default;
    } catch {
      failed.value = true;
    }
    coming = null;
  };
  const preload = () => (found.peek() ? Promise.resolve() : (coming ??= fetchIt()));

  const Shown = (props: P) => {
    useEffect(() => void preload(), []);
    const Found = found.value;
    if (Found) return <Found {...props} />;
    return failed.value && !quiet ? <Trouble message={t("part_missing")} retry={() => void preload()} /> : null;
  };
  return Object.assign(Shown, { preload });
}

type PropsOf<C> = C extends (props: infer P extends object) => unknown ? P : object;

/**
 * One of several parts that come in one piece. The fewer pieces there are, the less is cut up that
 * they share with the first screen.
 */
export function partOf<M, K extends keyof M>(load: () => Promise<M>, name: K, quiet = false): Part<PropsOf<M[K]>> {
  return part(() => load().then((m) => ({ default: m[name] as ComponentType<PropsOf<M[K]>> })), quiet);
}
