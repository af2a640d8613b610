export { BlockPerson } from "./block";
export { ErasePerson } from "./erase";
export { hearErased } from "./erased";
