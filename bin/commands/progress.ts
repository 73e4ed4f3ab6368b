/** Where progress is shown: nowhere but on a terminal. */
type Terminal = { readonly isTTY?: boolean; write(text: string): unknown };

const shownAfter = 2;

/** Says every second that there is no answer yet, from two seconds on, on one line. Gives what ends it, and clears the line. */
export function showProgress(terminal: Terminal, within: number): () => void {
  if (terminal.isTTY !== true) return () => {};
  let seconds = 0;
  const timer = setInterval(() => {
    seconds++;
    if (seconds >= shownAfter)
      terminal.write(`\r\u001b[Kparamedic: no answer yet, after ${seconds} s of ${within / 1000} at most`);
  }, 1000);
  return () => {
    clearInterval(timer);
    if (seconds >= shownAfter) terminal.write('\r\u001b[K');
  };
}
