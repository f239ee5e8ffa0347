import { useMemo, useState } from 'react';
import { idField } from '../../../../models/id-field.js';
import type { ModelDescriptor } from '../../../../models/model-descriptor.js';
import { useText } from '../../../../texts/use-text.js';
import { type ColumnMatch, givenFields, matchColumns } from '../reading/column-match.js';
import type { Delimiter } from '../reading/csv-text.js';
import { type FileStart, readStart, UnreadableFile } from '../reading/file-start.js';
import { firstOptions, type ImportOptions, keysOf } from './import-options.js';

/** A file that somebody has chosen, and what they want to be done with it. */
export interface ChosenFile {
  readonly file: File;
  readonly start: FileStart;
  readonly match: ColumnMatch;
  readonly options: ImportOptions;
}

/** The file to import. What it says about fields that are not there any more is found again with each file. */
export const useImportFile = (model: ModelDescriptor) => {
  const text = useText();
  const [chosen, setChosen] = useState<ChosenFile>();
  const [problem, setProblem] = useState<string>();
  const [isReading, setReading] = useState(false);
  const fields = useMemo(() => givenFields(model, idField(model, text('import.idField'))), [model, text]);

  const choose = async (file: File, delimiter?: Delimiter): Promise<void> => {
    setReading(true);
    setProblem(undefined);
    try {
      const start = await readStart(file, delimiter);
      const match = matchColumns(start.columns, fields);
      setChosen({ file, start, match, options: firstOptions(model, match) });
    } catch (error) {
      setChosen(undefined);
      setProblem(error instanceof UnreadableFile ? text(`import.problem.${error.problem}`) : text('import.unreadable'));
    }
    setReading(false);
  };
  /** Records cannot be found by a field that no column is any more. */
  const setMatch = (match: ColumnMatch): void => {
    if (chosen === undefined) return;
    const { on, skipsErrors } = chosen.options;
    const kept = keysOf(model, match).find((names) => names.join() === on?.join()) ?? null;
    setChosen({ ...chosen, match, options: { on: kept, skipsErrors } });
  };
  return {
    fields,
    chosen,
    problem,
    isReading,
    choose,
    setMatch,
    setOptions: (options: ImportOptions) => chosen && setChosen({ ...chosen, options }),
    forget: () => setChosen(undefined),
  };
};
