import { proxied } from './proxied.ts';

const id = '01900000-0000-7000-8000-000000000001';

/** As Vite reads them: a path by its beginning, or an expression that begins with ^. */
const reaches = (url: string): boolean =>
  proxied.some((path) => (path.startsWith('^') ? new RegExp(path).test(url) : url.startsWith(path)));

test.each([
  `/uploads/${id}?signed=1`,
  `/reports/${id}`,
  `/attachments/${id}?signed=1`,
  '/graphql',
  '/check/7K3D',
])('%s is the registry’s', (url) => expect(reaches(url)).toBe(true));

test.each(['/reports', '/reports?month=2026-09', '/work/imports', '/'])('%s is a page', (url) =>
  expect(reaches(url)).toBe(false),
);
