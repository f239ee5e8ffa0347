import Search from '@mui/icons-material/Search';
import { Box, InputAdornment, TextField } from '@mui/material';
import { useText } from '../texts/use-text.js';

interface MenuSearchProps {
  readonly sought: string;
  readonly onSeek: (sought: string) => void;
}

/** Narrows the menu to the models whose names have this in them. */
export const MenuSearch = ({ sought, onSeek }: MenuSearchProps) => {
  const text = useText();
  return (
    // A click in here chooses nothing.
    <Box sx={{ px: 2, pt: 2 }} onClick={(event) => event.stopPropagation()}>
      <TextField
        type="search"
        value={sought}
        onChange={({ target }) => onSeek(target.value)}
        placeholder={text('menu.find')}
        slotProps={{
          htmlInput: { 'aria-label': text('menu.find') },
          input: {
            startAdornment: (
              <InputAdornment position="start">
                <Search fontSize="small" />
              </InputAdornment>
            ),
          },
        }}
      />
    </Box>
  );
};
