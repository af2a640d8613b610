/** Files that the build gives a hashed name: the import is their address. */
declare module "*.svg" {
  const url: string;
  export default url;
}
declare module "*.css";
/** The text of a stylesheet that a part brings along. */
declare module "*.css?sheet" {
  const text: string;
  export default text;
}
