import type { ComponentChildren } from "preact";
import { Download, Upload } from "lucide-preact";
import { useRef } from "preact/hooks";
import type { Landed } from "../../../wire/protocol";
import { saveAs } from "../../../files/save";
import { api, type ApiError } from "../../api";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { fetchAnswers, fetchStandards } from "../../state/answers";
import { fetchPrompts, fetchTemplates } from "../../state/guide";
import { may, site } from "../../state/session";
import { done, failed } from "../../state/toasts";
import { Menu } from "../../ui/menu";
import { Page } from "../pages/page";

const PARTS = ["templates", "prompts", "answers", "standards"] as const;
const PATHS = { templates: "/console/templates", prompts: "/console/templates/prompts", answers: "/console/templates/answers", standards: "/console/templates/standards" };

/** A page of what an owner writes for the team, with the way to the others. */
export function GuidePage({ at, lead, actions, children }: { at: (typeof PARTS)[number]; lead: string; actions?: ComponentChildren; children: ComponentChildren }) {
  return (
    <Page
      at="templates"
      title={t(at)}
      lead={lead}
      actions={
        <>
          {may("guide.change") && <FileMenu />}
          {actions}
        </>
      }
    >
      <nav class="choice-row guide-parts" aria-label={t("guide_parts")}>
        {PARTS.map((part) => (
          <a key={part} href={PATHS[part]} class={`choice-option ${part === at ? "on" : ""}`} aria-current={part === at ? "page" : undefined}>
            {t(part)}
          </a>
        ))}
      </nav>
      {children}
    </Page>
  );
}

/** Everything as a file, and back. */
function FileMenu() {
  const input = useRef<HTMLInputElement>(null);
  const items = [
    { id: "json", label: t("export_json"), icon: <Download size={16} />, run: () => void save("json").catch(explain) },
    { id: "csv", label: t("export_csv"), icon: <Download size={16} />, run: () => void save("csv").catch(explain) },
    { id: "import", label: t("import_file"), icon: <Upload size={16} />, divide: true, run: () => input.current?.click() },
  ];
  return (
    <>
      <Menu label={t("guide_file")} items={items} class="button button-plain">
        {t("guide_file")}
      </Menu>
      <input
        ref={input}
        type="file"
        hidden
        accept=".json,.csv,application/json,text/csv"
        aria-label={t("import_file")}
        onChange={(e) => {
          const file = e.currentTarget.files?.[0];
          e.currentTarget.value = "";
          if (file) void bring(file);
        }}
      />
    </>
  );
}

async function save(as: "json" | "csv"): Promise<void> {
  const { name, text } = await api.get<{ name: string; text: string }>(`sites/${site.value?.id}/guide?as=${as}`);
  saveAs(new Blob([text], { type: as === "csv" ? "text/csv" : "application/json" }), name);
}

async function bring(file: File): Promise<void> {
  try {
    const as = file.name.toLowerCase().endsWith(".csv") ? "csv" : "json";
    tellLanded(await api.post<Landed>(`sites/${site.value?.id}/guide`, { as, text: await file.text() }));
    await fetchGuide();
  } catch (err) {
    const { message, field } = err as ApiError;
    failed(t("import_failed"), field ? `${field}: ${message}` : message);
  }
}

/** Says what became of the rows of a file. */
export function tellLanded({ added, changed, same }: Landed): void {
  done(t("landed", { added, changed, same }));
}

/** Reads all of it again. */
export async function fetchGuide(): Promise<void> {
  await Promise.all([fetchPrompts(), fetchTemplates(), fetchAnswers(), fetchStandards()]);
}
