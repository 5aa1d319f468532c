/** Where this console has its users sign in; told by the gateway that serves it. */
export type Settings = { issuer: string; clientId: string; scope: string };

export const readSettings = async (): Promise<Settings> => {
  const response = await fetch('/console.json');
  if (!response.ok) throw new Error(`console.json: ${response.status}`);
  return response.json();
};
