import type { UserManager } from 'oidc-client-ts';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { userManager } from './user-manager.ts';

/** Whether somebody is signed in. EXPIRED: somebody was, and what is on the screen is theirs. */
export type Standing = 'LOADING' | 'UNREACHABLE' | 'SIGNED_OUT' | 'SIGNED_IN' | 'EXPIRED';

type Session = {
  standing: Standing;
  /** Leads to the issuer; afterwards back to where the user is now, or to the address given. */
  signIn(returnTo?: string): Promise<void>;
  signOut(): Promise<void>;
  /** Takes up what the issuer answered; leads to where the user was. */
  takeUp(): Promise<void>;
  /** The graph did not know the token any more. */
  expire(): void;
};

const Context = createContext<Session | undefined>(undefined);

/** Addresses of this console alone: what came back from the issuer leads nowhere else. */
const ownAddress = (state: unknown): string =>
  typeof state === 'string' && /^\/(?!\/)/.test(state) ? state : '/';

const here = (): string => location.pathname + location.search;

const useStanding = (): [Standing, (standing: Standing) => void] => {
  const [standing, set] = useState<Standing>('LOADING');
  useEffect(() => {
    let stop = (): void => undefined;
    const follow = async (manager: UserManager): Promise<void> => {
      const expired = (): void => set('EXPIRED');
      manager.events.addAccessTokenExpired(expired);
      stop = () => manager.events.removeAccessTokenExpired(expired);
      const user = await manager.getUser();
      set(user ? (user.expired ? 'EXPIRED' : 'SIGNED_IN') : 'SIGNED_OUT');
    };
    userManager()
      .then(follow)
      .catch(() => set('UNREACHABLE'));
    return () => stop();
  }, []);
  return [standing, set];
};

export const SessionProvider = ({ children }: { children: ReactNode }) => {
  const [standing, setStanding] = useStanding();
  const navigate = useNavigate();
  const expire = useCallback(() => setStanding('EXPIRED'), [setStanding]);
  const session = useMemo<Session>(
    () => ({
      standing,
      signIn: async (returnTo = here()) => {
        const manager = await userManager();
        await manager.signinRedirect({ state: returnTo }).catch(() => setStanding('UNREACHABLE'));
      },
      signOut: async () => {
        const manager = await userManager();
        await manager.signoutRedirect().catch(() => manager.removeUser());
      },
      takeUp: async () => {
        const manager = await userManager();
        const user = await manager.signinCallback();
        setStanding('SIGNED_IN');
        navigate(ownAddress(user?.state), { replace: true });
      },
      expire,
    }),
    [standing, setStanding, navigate, expire],
  );
  return <Context value={session}>{children}</Context>;
};

export const useSession = (): Session => {
  const session = useContext(Context);
  if (!session) throw new Error('no session here');
  return session;
};
