import { createHash } from 'node:crypto';
import type { DemoIdentity } from '#deploy/demo/identities.ts';

const levels: Readonly<Record<DemoIdentity['level'], string>> = {
  MINISTRY: '教育部 Ministry',
  PROVINCE: '省级 Province',
  CITY: '市级 City',
  COUNTY: '县级 County',
  SCHOOL: '学校 School',
  NONE: '家长和系统 Guardians and systems',
};

const style = `
body { margin: 0; background: #f4f6f8; color: #1f2933; font: 16px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem; }
h1 { font-size: 1.4rem; margin: 0 0 .25rem; }
h2 { font-size: 1rem; margin: 1.5rem 0 .5rem; color: #52606d; }
ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .5rem; grid-template-columns: repeat(auto-fill, minmax(18rem, 1fr)); }
a { display: block; padding: .7rem 1rem; background: #fff; border: 1px solid #d5dbe1; border-radius: 8px; color: #0b5cad; text-decoration: none; }
a:hover, a:focus-visible { border-color: #0b5cad; outline: 2px solid #0b5cad; }
small { display: block; color: #52606d; }
@media (max-width: 22rem) { ul { grid-template-columns: 1fr; } }
`;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const entry = (address: string, { name, title }: DemoIdentity): string =>
  `<li><a href="${escaped(address)}">${escaped(title)}<small>${escaped(name)}</small></a></li>`;

/** What the page may load: its own style and nothing else. */
export const pagePolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; frame-ancestors 'none'`;

/** The page of everybody one can be in the demo nation, by level; `addressOf` is where choosing one leads. */
export const identitiesPage = (
  identities: readonly DemoIdentity[],
  addressOf: (identity: DemoIdentity) => string,
): string => {
  const groups = Map.groupBy(identities, ({ level }) => level);
  const lists = [...groups].map(
    ([level, members]) =>
      `<h2>${levels[level]}</h2><ul>${members.map((one) => entry(addressOf(one), one)).join('')}</ul>`,
  );
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>演示登录 Demo sign-in</title><style>${style}</style></head><body><main><h1>以谁的身份登录？</h1><p lang="en">Whom do you want to be? Everybody here is made up; a real registry has its own sign-in.</p>${lists.join('')}</main></body></html>`;
};
