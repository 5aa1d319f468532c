import { useTexts } from '../language/language.tsx';
import { SignInPage } from './sign-in-page.tsx';
import { texts } from './texts.ts';

/** Where the issuer leads after signing out. */
export const SignedOutPage = () => <SignInPage said={useTexts(texts).signedOut} returnTo="/" />;
