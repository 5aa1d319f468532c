/** After all browser tests: stops the registry. */
export default async function globalTeardown(): Promise<void> {
  await globalThis.browserRegistry?.stop();
  globalThis.browserRegistry = undefined;
}
