/** Everything of cards, promises and closing, with its words and styles. */
import "../palette/dress";
import "../files/dress";
import "./dress";

export { AgreementLine } from "./line";
export { Beside } from "./beside";
export { Closing } from "./closing";
export { Deeds } from "./deeds";
export { Here } from "./here";
export { LastTime } from "./last-time";
export { Ledger } from "./ledger";
export { OpenPromises } from "./open";
export { tell } from "./remind";
export { Attach } from "../files/attach";
export { SentFiles } from "../files/sent";
export { KeptFiles } from "../files/kept";
export { bringAlong } from "../files/uploads";
