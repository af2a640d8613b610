import "./dress";
import { Answers } from "./answers";
import { Prompts } from "./prompts";
import { Standards } from "./standards";
import { Templates } from "./templates";

/** What an owner writes for the team: one page each, side by side. */
export default function Guide({ params }: { params?: { part?: string } }) {
  switch (params?.part) {
    case "prompts":
      return <Prompts />;
    case "answers":
      return <Answers />;
    case "standards":
      return <Standards />;
    default:
      return <Templates />;
  }
}
