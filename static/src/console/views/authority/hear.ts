import type { Grant } from "../../../wire/protocol";
import { t } from "../../i18n";
import { notice } from "../../notify";
import { asked } from "../../state/asked";
import { heardGrant } from "../../state/authority";
import { me } from "../../state/session";
import { done, failed } from "../../state/toasts";
import { grantWords } from "./words";

/** Takes on what the socket brings about a question, and tells whoever asked how it ended. */
export function hearGrant(grant: Grant): void {
  heardGrant(grant);
  if (grant.state === "asked" && asked.value.some((g) => g.id === grant.id)) notice("decision", grant.conversation_id, grant.by.name, grantWords(grant));
  if (grant.by.id !== me.value?.agent.id) return;
  if (grant.state === "unanswered" && grant.promise_id) return;
  const values = { what: grantWords(grant), name: grant.decided_by?.name ?? "" };
  if (grant.state === "given") done(t("grant_approved", values));
  else if (grant.state === "refused") failed(t("grant_refused_by", values), grant.words);
  else if (grant.state === "unanswered") failed(t("grant_nobody", values), t("grant_nobody_more"));
}
