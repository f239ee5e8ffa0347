import { type RefObject, useCallback, useMemo, useState } from 'react';
import type { Mistake } from '../../api/api-error.js';
import type { JsonObject } from '../../api/json.js';
import type { ModelDraft } from './draft/model-draft.js';
import { NO_MISTAKES, placeMistakes, type PlacedMistakes } from './mistakes.js';
import type { Planned } from './plan/use-plan.js';

/** Until the rows with mistakes in them have opened, in milliseconds. */
const OPENING = 60;
const FOCUSABLE = 'input, textarea, button, [role="combobox"]';

const focusFirst = (form: HTMLElement | null): void => {
  const wrong = form?.querySelector<HTMLElement>('[aria-invalid="true"], p.Mui-error, [role="alert"] *');
  const place = wrong?.closest<HTMLElement>('[data-path]') ?? wrong;
  const target = place?.matches(FOCUSABLE) ? place : (place?.querySelector<HTMLElement>(FOCUSABLE) ?? place);
  target?.focus();
  target?.scrollIntoView({ block: 'center' });
};

interface Shown {
  readonly draft: ModelDraft;
  readonly body: JsonObject | undefined;
  readonly planned: Planned;
}

/** What the server has refused, and why. */
interface Refused {
  readonly body: JsonObject | undefined;
  readonly placed: PlacedMistakes;
}

/**
 * What is wrong with a draft, at its inputs: not before somebody has tried to save it, because nobody is told that a
 * name is missing while it is typed. From then on, what the plan finds wrong.
 */
export const useMistakes = ({ draft, body, planned }: Shown, form: RefObject<HTMLElement | null>) => {
  const [refused, setRefused] = useState<Refused>();
  const found = useMemo(() => {
    if (refused === undefined) return NO_MISTAKES;
    if (refused.body === body) return refused.placed;
    // What is known stays until the next answer.
    return planned.isAsking ? undefined : placeMistakes(planned.mistakes, draft);
  }, [refused, body, planned, draft]);
  const [placed, setPlaced] = useState(NO_MISTAKES);
  if (found !== undefined && found !== placed) setPlaced(found);

  const refuse = (mistakes: readonly Mistake[], message: string) => {
    const own = placeMistakes(mistakes, draft);
    setRefused({ body, placed: mistakes.length === 0 ? { ...own, others: [message] } : own });
    setTimeout(() => focusFirst(form.current), OPENING);
  };
  const clear = useCallback(() => setRefused(undefined), []);
  return { placed, refuse, clear };
};
