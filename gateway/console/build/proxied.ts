import { filePath } from '../../http/files.ts';

/** Files by their path, whatever stands behind it: pages such as /reports are the console's own. */
const files = filePath.source.replace(/\$$/, '');

/** Paths that the registry answers while the console's sources are served for work on them. */
export const proxied: readonly string[] = ['/graphql', '/console.json', '/check', files];
