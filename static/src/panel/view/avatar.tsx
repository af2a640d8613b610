import type { AgentCard } from "../../wire";

/** The first letters of the first and last word of a name, of those that begin with a letter. */
export function initials(name: string): string {
  const [first = "", ...more] = name.match(/(^|\s)\p{L}/gu) ?? [];
  return (first.trim() + (more.at(-1) ?? "").trim()).toLocaleUpperCase();
}

/** A face, or initials on one of six quiet grounds that stays the same for the same person. */
export function Avatar({ agent }: { agent: Pick<AgentCard, "id" | "name" | "picture"> }) {
  const ground = [...agent.id].reduce((sum, c) => sum + c.charCodeAt(0), 0) % 6;
  if (agent.picture) return <img class="avatar" src={agent.picture} alt="" />;
  return (
    <span class={`avatar ground-${ground}`} aria-hidden="true">
      {initials(agent.name)}
    </span>
  );
}

/** At most three faces, overlapping. */
export function Faces({ agents }: { agents: readonly AgentCard[] }) {
  return (
    <span class="faces">
      {agents.slice(0, 3).map((agent) => (
        <Avatar key={agent.id} agent={agent} />
      ))}
    </span>
  );
}
