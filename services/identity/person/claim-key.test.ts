import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import type { PersonForm } from '#libs/contracts/person-form.ts';
import { checkCharacter } from '#libs/law/identity/citizen-id.ts';
import { idNumberBornOn } from '#libs/law/testing/registration.ts';
import { createSealing } from '#libs/platform/crypto/sealing.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { claimKeyOf } from './claim-key.ts';

const key = () => randomBytes(32).toString('base64');
