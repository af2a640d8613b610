/**
 * The launcher's look, as a constructed stylesheet: a host page's style-src cannot forbid it and
 * its own styles cannot reach it. --c is the site's colour, --i the ink on it, --l and --r the
 * distance from the left or right edge, --b that from below, --t and --h what a phone's keyboard leaves to see. The
 * button's unseen border is seen under the pointer, and where colours are forced.
 */
export const styles = `:host{all:initial;position:fixed;color-scheme:light dark}
button,b{box-sizing:border-box;font:600 15px/1.2 system-ui}
button{position:fixed;inset:auto var(--r,auto) var(--b) var(--l,auto);display:flex;gap:10px;align-items:center;height:56px;padding:0 13px;border:2px solid #0000;border-radius:56px;background:var(--c);color:var(--i);cursor:pointer;box-shadow:0 4px 20px #0004}
button:hover{border-color:var(--i)}
button:focus-visible{outline:3px solid var(--i);box-shadow:0 0 0 6px var(--c)}
svg{width:26px;fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
b{position:absolute;inset:-4px -4px auto auto;min-width:22px;height:22px;padding:0 5px;border:2px solid #fff;border-radius:16px;background:#c62a1f;color:#fff;font:600 12px/18px system-ui}
iframe{position:fixed;inset:auto var(--r,auto) calc(var(--b) + 72px) var(--l,auto);width:392px;height:min(664px,100dvh - 92px - var(--b));border:0;border-radius:16px;box-shadow:0 0 0 1px #0001,0 12px 48px #0003;background:Canvas}
@keyframes o{from{opacity:0}}
@media (max-width:480px){iframe{inset:var(--t,0) 0 auto;width:100%;height:var(--h,100dvh);border-radius:0;box-shadow:none}}
@media (prefers-reduced-motion:no-preference){*{animation:o .15s}}
:host([full]) button,button[hidden]{display:none}
@media print{:host{display:none!important}}`;

/** The mark that folds the panel away; the one that opens it is the site's. */
export const fold = "m6 9.5 6 6 6-6";
