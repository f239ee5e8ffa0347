import Search from '@mui/icons-material/Search';
import { InputAdornment, TextField } from '@mui/material';
import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router-dom';

/** Nobody asks with every key, in milliseconds. */
const PAUSE = 300;

interface SearchFieldProps {
  /** Of the parameter in the address. */
  readonly name: string;
  readonly label: string;
}

/** Part of a text that is sought; the address keeps it, and the list begins with its first page. */
export const SearchField = ({ name, label }: SearchFieldProps) => {
  const [search, setSearch] = useSearchParams();
  const sought = search.get(name) ?? '';
  const [typed, setTyped] = useState(sought);
  const [applied, setApplied] = useState(sought);
  // Somebody has gone back, or has cleared everything.
  if (applied !== sought) {
    setApplied(sought);
    setTyped(sought);
  }
  const latest = useRef(setSearch);
  useEffect(() => {
    latest.current = setSearch;
  });
  useEffect(() => {
    if (typed === applied) return undefined;
    const timer = setTimeout(() => {
      latest.current(
        (before) => {
          before.delete('page');
          before.delete(name);
          if (typed.trim() !== '') before.set(name, typed.trim());
          return before;
        },
        { replace: true },
      );
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [typed, applied, name]);
  return (
    <TextField
      type="search"
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
      placeholder={label}
      sx={{ maxWidth: { sm: 320 } }}
      slotProps={{
        htmlInput: { 'aria-label': label },
        input: {
          startAdornment: (
            <InputAdornment position="start">
              <Search fontSize="small" />
            </InputAdornment>
          ),
        },
      }}
    />
  );
};
