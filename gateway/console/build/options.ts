import { fileURLToPath } from 'node:url';
import type { InlineConfig } from 'vite';

const folderOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Packages that change together are files together, so that a new page leaves what browsers keep as it is. */
const groups = [
  { name: 'charts', test: /node_modules\/(echarts\/(?!lib\/chart\/(line|sankey)\/)|zrender)\// },
  { name: 'react', test: /node_modules\/(react|react-dom|scheduler|react-router)\// },
];

/** How Vite takes the console, for a build and for work on it. Nothing of the surroundings is built in. */
export const viteOptions: InlineConfig = {
  root: folderOf('../app'),
  configFile: false,
  envDir: false,
  cacheDir: folderOf('../../../.local/cache/vite'),
  logLevel: 'warn',
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_500,
    rolldownOptions: {
      output: { codeSplitting: { groups } },
      onLog: (level, log, tell) => {
        // Marks of server components, which mean nothing here.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') tell(level, log);
      },
    },
  },
};
