export { AddSensitive } from "./add";
export { Agreed } from "./agreed";
