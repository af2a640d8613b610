/** Protocol v1: people, orders and past conversations that are brought in. See protocol.ts. */
import type { AgentCard } from "./protocol";

export type ImportKind = "people" | "orders" | "conversations";

/** A file that was brought in. GET /v1/console/sites/{id}/imports → { imports: Import[] } */
export interface Import {
  id: string;
  kind: ImportKind;
  name: string;
  /** Null for the command line. */
  by: AgentCard | null;
  /** How many things came with it. */
  added: number;
  made_at: number;
  /** 0 while it stands. */
  undone_at: number;
}

/** POST /v1/console/sites/{id}/imports → Brought */
export interface ImportRequest {
  kind: ImportKind;
  as: "csv" | "json";
  name: string;
  /** The file. */
  text: string;
  /** What a column is called there, by our name for it; one that is not named has ours. */
  headings: Record<string, string>;
  /** Only say what would become of it. */
  dry_run: boolean;
}

/** What became of a file, or would. */
export interface Brought {
  /** "" where nothing was stored. */
  import_id: string;
  added: number;
  /** Came before, and stays as it is. */
  same: number;
  /** Left out; why, of at most 100. */
  wrong: number;
  problems: { line: number; field: string; message: string }[];
  /** Of a CSV file, as they stand there. */
  headings: string[];
}

/** An order of a customer's. */
export interface Purchase {
  reference: string;
  at: number;
  /** In hundredths of the currency. */
  amount: number;
  currency: string;
  /** As the site calls it, or "". */
  state: string;
  text: string;
}
