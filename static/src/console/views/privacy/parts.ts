export { ErasePerson } from "./erase";
export { hearErased } from "./erased";
