import "./dress";

export { SplitOff } from "./window";
export { Finish } from "./finish";
export { AsideLine } from "./line";
export { WorkedOn } from "./worked-on";
