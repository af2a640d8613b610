import type { Attributes, Page } from "../../loader/port";
import type { Pending } from "../../wire";
import type { Said } from "./api";

/** What a screen, or a host page, asks of the engine; plain data, so that another tab's engine can do it. */
export type Command =
  | { do: "post"; message: Pending }
  | { do: "retry"; id: string }
  | { do: "discard"; id: string }
  | { do: "typing"; conversation: string; on: boolean }
  | { do: "read"; conversation: string; seq: number }
  | { do: "end"; conversation: string }
  | { do: "load"; conversation: string }
  | { do: "older"; conversation: string }
  | { do: "feedback"; conversation: string; said: Said }
  | { do: "promises" }
  | { do: "pass"; fresh: boolean }
  | { do: "identify"; token: string; attributes: Attributes }
  | { do: "attributes"; attributes: Attributes }
  | { do: "page"; page: Page }
  | { do: "quiet"; on: boolean }
  | { do: "draft"; text: string }
  | { do: "fold"; open: boolean }
  | { do: "reset" }
  | { do: "nudge" };
