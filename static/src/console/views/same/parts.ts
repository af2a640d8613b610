export { SamePerson } from "./same";
export { Together, UndoLogged } from "./together";
