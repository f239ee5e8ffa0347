import { named } from './mistakes.js';
import { parseText } from '../../field-types/text-value.js';
import type { Budget } from './budget.js';
import { requireWithin } from './limits.js';
import { likeLiteral } from './operand-text.js';
import { all, any, type Predicate, test } from './predicate.js';
import type { RecordModel } from './record-model.js';

/** Every word in some text of the record, in any case. Undefined without words. @throws InvalidQueryError */
export const parseSearch = (model: RecordModel, text: string, budget: Budget): Predicate | undefined => {
  requireWithin('filterText', text.length, 'search');
  const words = named('search', 'search', () => parseText(text))
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return undefined;
  budget.spend('search', words.length);
  return all(
    words.map((word) => {
      const pattern = `%${likeLiteral(word)}%`;
      return any(
        model.searched.map((field) =>
          test(field, (expression, parameter) => `${expression} ILIKE ${parameter(pattern, 'text')}`),
        ),
      );
    }),
  );
};
