import polyglotI18nProvider from 'ra-i18n-polyglot';
import englishMessages from 'ra-language-english';
import { en } from './en.js';

const LANGUAGES = [{ locale: 'en', name: 'English' }];

/** Languages of the admin. To add one: a catalogue like `en.ts`, react-admin's messages, and a line above. */
export const i18nProvider = polyglotI18nProvider(() => ({ ...englishMessages, dynamo: en }), 'en', LANGUAGES);
