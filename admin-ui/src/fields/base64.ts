import { saveFile } from '../components/save-file.js';

const MARK = ';base64,';

/** How many bytes a text in base64 stands for. */
export const byteLength = (base64: string): number => (base64.length / 4) * 3 - (/=*$/.exec(base64)?.[0].length ?? 0);

/** The content of a file that somebody has chosen. */
export const readBase64 = (file: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const address = String(reader.result);
      const start = address.indexOf(MARK);
      // An empty file has an address without this mark.
      resolve(start < 0 ? '' : address.slice(start + MARK.length));
    };
    reader.onerror = () => reject(reader.error ?? new Error('The file cannot be read.'));
    reader.readAsDataURL(file);
  });

/** Offers the content as a file, under this name. */
export const download = (base64: string, name: string): void => {
  const bytes = Uint8Array.from(atob(base64), (character) => character.codePointAt(0) ?? 0);
  saveFile(new Blob([bytes]), name);
};
