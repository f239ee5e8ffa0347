import Search from '@mui/icons-material/Search';
import { InputAdornment, TextField, useMediaQuery } from '@mui/material';
import { useEffect, useRef, useState } from 'react';
import { useListContext } from 'react-admin';
import { useText } from '../../texts/use-text.js';

/** Nobody asks with every key, in milliseconds. */
const PAUSE = 300;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));

/** The slash goes to the search, as on many pages. */
const useSlash = (go: () => void): void => {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      go();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [go]);
};

/** Words that records must have in some text. */
export const SearchBox = () => {
  const text = useText();
  const { filterValues, setFilters } = useListContext();
  const sought: string = typeof filterValues['q'] === 'string' ? filterValues['q'] : '';
  const [typed, setTyped] = useState(sought);
  const [applied, setApplied] = useState(sought);
  const input = useRef<HTMLInputElement>(null);
  // Whoever has a mouse mostly has keys as well.
  const hasKeyboard = useMediaQuery('(hover: hover)');
  useSlash(() => input.current?.focus());
  // Somebody has gone back, or has cleared everything.
  if (applied !== sought) {
    setApplied(sought);
    setTyped(sought);
  }

  const latest = useRef({ filterValues, setFilters });
  useEffect(() => {
    latest.current = { filterValues, setFilters };
  });
  useEffect(() => {
    if (typed === applied) return undefined;
    const timer = setTimeout(() => {
      const { q: _before, ...filters } = latest.current.filterValues;
      setApplied(typed);
      latest.current.setFilters(typed.trim() === '' ? filters : { ...filters, q: typed });
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [typed, applied]);

  return (
    <TextField
      type="search"
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
      placeholder={text(hasKeyboard ? 'list.searchHint' : 'list.search')}
      inputRef={input}
      sx={{ maxWidth: { sm: 320 } }}
      slotProps={{
        htmlInput: { 'aria-label': text('list.search'), 'aria-keyshortcuts': '/' },
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
