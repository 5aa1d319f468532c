import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';

type Page = { html: Buffer; policy: string };

const hashOf = (html: string, tag: 'script' | 'style'): string => {
  const text = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(html)?.[1] ?? '';
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
};

const read = async (): Promise<Page> => {
  const html = await readFile(new URL('./check-page.html', import.meta.url));
  const text = html.toString();
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(text, 'script')}`,
    `style-src ${hashOf(text, 'style')}`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return { html, policy: policy.join('; ') };
};

/**
 * Serves the page on which anybody checks a certificate (CRT-13), in Chinese or in English, and to which the square of dots on
 * the paper leads; it stands by itself, so that it works where the console is off. The code
 * stands behind the `#` of that address, which no browser sends: it reaches the register in the body of a question alone.
 */
export const createCheckPage = () => {
  let page: Promise<Page> | undefined;
  return async (_: IncomingMessage, response: ServerResponse): Promise<void> => {
    page ??= read();
    const { html, policy } = await page;
    response
      .writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': policy,
        'cache-control': 'no-cache',
      })
      .end(html);
  };
};
