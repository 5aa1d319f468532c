import { accessToken } from '../session/user-manager.ts';

/**
 * Fetches a file of which the graph told the short-lived address, in the name of who is signed in, and hands it to the
 * browser to be saved. Throws where it is not given.
 */
export const saveFile = async (url: string, name: string): Promise<void> => {
  const { pathname, search } = new URL(url, location.origin);
  const token = await accessToken();
  const response = await fetch(`${pathname}${search}`, { headers: { authorization: `Bearer ${token}` } });
  if (!response.ok) throw new Error(`the file is refused: ${response.status}`);
  const address = URL.createObjectURL(await response.blob());
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
};
