import { lazy, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { RaRecord } from 'react-admin';
import { useLocation } from 'react-router-dom';
import type { JsonObject } from '../api/json.js';
import { type RecordWindows, RecordWindowsContext } from '../models/record-windows.js';
import type { RecordId } from '../records/stored-record.js';

const CreateWindow = lazy(() => import('../features/record-form/windows/create-window.js'));
const RecordDrawer = lazy(() => import('../features/record-form/windows/record-drawer.js'));

interface OpenWindow {
  readonly key: number;
  /** Of the page that it was opened on, and is closed with. */
  readonly page: string;
  readonly path: string;
  readonly content:
    { readonly id: RecordId } | { readonly given: JsonObject; readonly answer: (record: RaRecord | undefined) => void };
}

/** Keeps the records that are open above the page. */
export const RecordWindowsProvider = ({ children }: { readonly children: ReactNode }) => {
  const { pathname } = useLocation();
  const [windows, setWindows] = useState<readonly OpenWindow[]>([]);
  const page = useRef(pathname);
  const count = useRef(0);
  if (windows.some((each) => each.page !== pathname)) setWindows([]);
  useEffect(() => {
    page.current = pathname;
  }, [pathname]);

  const actions = useMemo((): RecordWindows => {
    const open = (path: string, content: OpenWindow['content']) => {
      count.current += 1;
      const opened = { key: count.current, page: page.current, path, content };
      setWindows((others) => [...others, opened]);
    };
    return {
      show: (path, id) => open(path, { id }),
      create: (path, given) => new Promise((answer) => open(path, { given, answer })),
    };
  }, []);
  const close = ({ key }: OpenWindow) => setWindows((open) => open.filter((each) => each.key !== key));

  return (
    <RecordWindowsContext value={actions}>
      {children}
      {windows.map((each) => {
        const { key, path, content } = each;
        if ('id' in content) {
          return <RecordDrawer key={key} path={path} id={content.id} onClose={() => close(each)} />;
        }
        const end = (record?: RaRecord) => {
          content.answer(record);
          close(each);
        };
        return <CreateWindow key={key} path={path} given={content.given} onEnd={end} />;
      })}
    </RecordWindowsContext>
  );
};
