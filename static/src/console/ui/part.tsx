import { signal, type Signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../i18n";
import { Trouble } from "./state";

type Part<P> = ComponentType<P> & { preload: () => Promise<void> };

/** What several parts come in: all of them are there when one of them is. */
interface Piece<M> {
  module: Signal<M | null>;
  failed: Signal<boolean>;
  preload: () => Promise<void>;
}

const pieces = new WeakMap<() => Promise<unknown>, Piece<unknown>>();

function pieceOf<M>(load: () => Promise<M>): Piece<M> {
  const known = pieces.get(load) as Piece<M> | undefined;
  if (known) return known;
  const module = signal<M | null>(null);
  const failed = signal(false);
  let coming: Promise<void> | null = null;
  const fetchIt = async () => {
    failed.value = false;
    try {
      module.value = await load();
    } catch {
      failed.value = true;
    }
    coming = null;
  };
  const piece: Piece<M> = { module, failed, preload: () => (module.peek() ? Promise.resolve() : (coming ??= fetchIt())) };
  pieces.set(load, piece as Piece<unknown>);
  return piece;
}

/** A part of the console that comes in a piece of its own; see `partOf`. */
export function part<P extends object>(load: () => Promise<{ default: ComponentType<P> }>, quiet = false): Part<P> {
  return partOf(load, "default", quiet) as Part<P>;
}

type PropsOf<C> = C extends (props: infer P extends object) => unknown ? P : object;

/**
 * A part of the console that is fetched when it is first shown. Without a connection it says so and
 * can be asked for again; a quiet part (a window over the page) simply does not come. Parts with the
 * same `load` come in one piece: the fewer pieces there are, the less is cut up that they share with
 * the first screen.
 */
export function partOf<M, K extends keyof M>(load: () => Promise<M>, name: K, quiet = false): Part<PropsOf<M[K]>> {
  const { module, failed, preload } = pieceOf(load);
  const Shown = (props: PropsOf<M[K]>) => {
    useEffect(() => void preload(), []);
    const Found = module.value?.[name] as ComponentType<PropsOf<M[K]>> | undefined;
    if (Found) return <Found {...props} />;
    return failed.value && !quiet ? <Trouble message={t("part_missing")} retry={() => void preload()} /> : null;
  };
  return Object.assign(Shown, { preload });
}
