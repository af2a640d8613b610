const mac = /Mac|iPhone|iPad/.test(navigator.userAgent);

const SIGNS: Record<string, string> = mac
  ? { mod: "⌘", alt: "⌥", shift: "⇧", enter: "↵" }
  : { mod: "Ctrl", alt: "Alt", shift: "Shift", enter: "Enter" };
const ARROWS: Record<string, string> = { arrowup: "↑", arrowdown: "↓", escape: "Esc", tab: "Tab" };

/** One key as this machine's keyboard shows it. */
export function keySign(key: string): string {
  const lower = key.toLowerCase();
  return SIGNS[lower] ?? ARROWS[lower] ?? (key.length === 1 ? key.toUpperCase() : key);
}

/** "mod+Enter" or "g q" as small key caps. */
export function Keys({ keys }: { keys: string }) {
  return (
    <span class="keys">
      {keys.split(/[+ ]/).map((k) => (
        <kbd key={k}>{keySign(k)}</kbd>
      ))}
    </span>
  );
}
