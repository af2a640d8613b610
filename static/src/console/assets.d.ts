/** Files that the build gives a hashed name: the import is their address. */
declare module "*.svg" {
  const url: string;
  export default url;
}
declare module "*.css";
