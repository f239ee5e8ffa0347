import { useEntryForm } from '../components/entry-form-context.js';

/** What is wrong with one permission of a form. */
export interface GrantMistakes {
  /** About a part of it, or, left out, about all of it. */
  of(part: 'fields' | 'where'): string | undefined;
  /** Everything else. */
  readonly other: string | undefined;
  readonly isFirst: boolean;
  readonly hasAny: boolean;
}

const joined = (messages: readonly string[]): string | undefined =>
  messages.length === 0 ? undefined : messages.join(' ');

/** @param position among all permissions of the form; -1 for one that is not granted */
export const useGrantMistakes = (position: number): GrantMistakes => {
  const { mistakes } = useEntryForm();
  const isOf = (path: string, part: string) => path === part || path.startsWith(`${part}.`);
  const own = mistakes.filter(({ path }) => isOf(path, `permissions.${position}`));
  const about = (part: string) => own.filter(({ path }) => isOf(path, `permissions.${position}.${part}`));
  const parts = [...about('fields'), ...about('where')];
  const messagesOf = (found: typeof own) => joined(found.map(({ message }) => message));
  return {
    of: (part) => messagesOf(about(part)),
    other: messagesOf(own.filter((mistake) => !parts.includes(mistake))),
    isFirst: own.length > 0 && own[0] === mistakes[0],
    hasAny: own.length > 0,
  };
};
