import { UserRound } from "lucide-preact";
import { initials } from "../../panel/view/avatar";

/** A round picture: the agent's own, or initials on a tint that belongs to the id; a plain figure while the name is unknown. */
export function Face({ id, name, picture, size = "medium", online }: { id: string; name: string; picture?: string; size?: "tiny" | "small" | "medium" | "large"; online?: boolean | undefined }) {
  return (
    <span class={`face face-${size} tint-${tint(id)}`} aria-hidden="true" data-initials={picture ? "" : initials(name)}>
      {picture ? <img src={picture} alt="" /> : name === "" && <UserRound size="55%" strokeWidth={1.75} />}
      {online !== undefined && <span class={`dot ${online ? "dot-on" : "dot-off"}`} />}
    </span>
  );
}

/** One of six tints, the same for the same id. */
function tint(id: string): number {
  let sum = 0;
  for (const c of id.slice(-6)) sum = (sum * 31 + c.charCodeAt(0)) % 997;
  return sum % 6;
}
