import { ApolloProvider } from '@apollo/client/react';
import { Spin } from 'antd';
import { useMemo } from 'react';
import { createClient } from '../graph/client.ts';
import { Gate } from '../session/gate.tsx';
import { useSession } from '../session/session.tsx';
import { Shell } from './shell.tsx';
import { ViewerProvider } from './viewer.tsx';

/** Everything that only who is signed in gets: a client of their own, who they are, and the shell. */
export const Frame = () => {
  const { expire } = useSession();
  // Signing in loads the page anew, so who comes next begins with an empty cache.
  const client = useMemo(() => createClient(expire), [expire]);
  return (
    <Gate>
      <ApolloProvider client={client}>
        <ViewerProvider loading={<Spin fullscreen />}>
          <Shell />
        </ViewerProvider>
      </ApolloProvider>
    </Gate>
  );
};
