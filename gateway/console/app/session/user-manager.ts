import { UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { readSettings, type Settings } from './settings.ts';

const createUserManager = ({ issuer, clientId, scope }: Settings): UserManager =>
  new UserManager({
    authority: issuer,
    client_id: clientId,
    scope,
    redirect_uri: `${location.origin}/signed-in`,
    post_logout_redirect_uri: `${location.origin}/signed-out`,
    // Gone with the tab: a computer of a school office has many users.
    userStore: new WebStorageStateStore({ store: sessionStorage }),
    stateStore: new WebStorageStateStore({ store: sessionStorage }),
    automaticSilentRenew: true,
    monitorSession: false,
  });

let made: Promise<UserManager> | undefined;

/** The one keeper of the user's tokens: code flow with PKCE, renewed by refresh token. */
export const userManager = (): Promise<UserManager> => {
  made ??= readSettings()
    .then(createUserManager)
    .catch((error: unknown) => {
      made = undefined;
      throw error;
    });
  return made;
};

/** Token of who is signed in; undefined where nobody is, or no longer. */
export const accessToken = async (): Promise<string | undefined> => {
  const user = await (await userManager()).getUser();
  return user && !user.expired ? user.access_token : undefined;
};
