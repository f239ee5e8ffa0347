import { useState } from 'react';
import { useDataProvider } from 'react-admin';
import { ApiError } from '../../../api/api-error.js';
import { isSame, type Json } from '../../../api/json.js';
import { useErrorText } from '../../../components/use-error-text.js';
import { fieldValue, typedProblem } from '../../../fields/typed-value.js';
import { isEmpty } from '../../../fields/widget.js';
import type { ModelDescriptor } from '../../../models/model-descriptor.js';
import { valueOf } from '../../../records/stored-record.js';
import { useForgetRecords } from '../../../records/use-forget-records.js';
import { useText } from '../../../texts/use-text.js';
import type { EditedCell } from './use-cell-editing.js';
import { useStoredRecord } from './use-stored-record.js';

const PRECONDITION_FAILED = 412;

/** What is wrong with a cell that was to be saved. */
export interface CellProblem {
  readonly message: string;
  /** What somebody else has stored meanwhile. */
  readonly theirs?: Json;
}

const isEqual = (one: Json, other: Json): boolean => isSame(one, other) || (isEmpty(one) && isEmpty(other));

/** Changes one value of a record, and writes over nobody's: not over what was stored since the list was read, unless one has seen it. */
export const useCellSave = ({ path }: ModelDescriptor, { record, field }: Pick<EditedCell, 'record' | 'field'>) => {
  const text = useText();
  const errorText = useErrorText();
  const records = useDataProvider();
  const forget = useForgetRecords(path);
  /** The value that somebody has before their eyes. */
  const [seen, setSeen] = useState(() => fieldValue.toForm(field, valueOf(record, field.name)));
  const [value, setValue] = useState(seen);
  const [problem, setProblem] = useState<CellProblem>();
  const [isBusy, setBusy] = useState(false);
  const stored = useStoredRecord(path, record.id);

  const showTheirs = (theirs: Json) => {
    setSeen(fieldValue.toForm(field, theirs));
    setProblem({ message: text('cells.conflict'), theirs });
  };
  const showError = (error: unknown) => {
    const mistakes = error instanceof ApiError ? error.mistakes.map(({ message }) => message) : [];
    setProblem({ message: mistakes.length > 0 ? mistakes.join(' ') : errorText(error) });
  };

  const send = async (): Promise<boolean> => {
    const base = await stored.known();
    const theirs = valueOf(base, field.name);
    if (!isEqual(fieldValue.toForm(field, theirs), seen)) {
      showTheirs(theirs);
      return false;
    }
    try {
      const data = { [field.name]: fieldValue.toJson(field, value) };
      await records.update(path, { id: record.id, data, previousData: base });
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== PRECONDITION_FAILED) throw error;
      showTheirs(valueOf(await stored.read(), field.name));
      return false;
    }
    await forget();
    return true;
  };

  return {
    value,
    problem,
    isBusy,
    change(next: Json): void {
      setValue(next);
      if (problem?.theirs === undefined) setProblem(undefined);
    },
    /** Whether the cell may be closed. */
    async save(): Promise<boolean> {
      if (isBusy) return false;
      if (isEqual(value, seen) && problem === undefined) return true;
      const wrong = typedProblem(field, value, text);
      if (wrong !== undefined) {
        setProblem({ message: wrong });
        return false;
      }
      setBusy(true);
      try {
        return await send();
      } catch (error) {
        stored.forget();
        showError(error);
        return false;
      } finally {
        setBusy(false);
      }
    },
    /** After a conflict the list is not what it was, either. */
    cancel(): void {
      if (problem?.theirs !== undefined) void forget();
    },
  };
};
