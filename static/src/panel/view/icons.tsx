/** Our few pictures, drawn on a grid of 24 with one line width. */
const paths = {
  close: "M6 6l12 12M18 6 6 18",
  fold: "m6 9 6 6 6-6",
  back: "m14 6-6 6 6 6",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  send: "M5 12 19.5 5l-5 14.5-3-6.5zM11.5 13 19.5 5",
  smile: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8.5 14.2a4.3 4.3 0 0 0 7 0M9 9.6h.01M15 9.6h.01",
  check: "m5 12.5 4.5 4.5L19 7.5",
  checks: "m2 12.5 4.5 4.5L16 7.5M12.5 16.5 22 7.5",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5l3 2",
  alert: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7.5v5.5M12 16.5h.01",
  down: "M12 5v14M6 13l6 6 6-6",
  cloud: "M4 4l16 16M8.5 8.7A6 6 0 0 0 7 19h10M19.5 17.5a4 4 0 0 0-2-7.2A6 6 0 0 0 11 7.1",
};

export type IconName = keyof typeof paths;

/** Pictures that point somewhere are mirrored in right-to-left languages. */
const pointing = new Set<IconName>(["back", "send"]);

export function Icon({ name }: { name: IconName }) {
  const extra = pointing.has(name) ? " mirrored" : name === "more" ? " dots" : "";
  return (
    <svg class={`icon${extra}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
