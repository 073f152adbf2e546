// Files that the build serves beside the page, by their address.

declare module '*.wasm?url' {
  const address: string;
  export default address;
}
