const MOMENT_MILLISECONDS = 20;
const LONGEST_MILLISECONDS = 5_000;

/** Asks until the answer is right: other nodes follow soon, not at once. @returns the last answer */
export const eventually = async <Answer>(
  ask: () => Promise<Answer>,
  isRight: (answer: Answer) => boolean,
): Promise<Answer> => {
  const end = Date.now() + LONGEST_MILLISECONDS;
  let answer = await ask();
  while (!isRight(answer) && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, MOMENT_MILLISECONDS));
    answer = await ask();
  }
  return answer;
};

/** Asks until the answer has this status. @returns the last status */
export const eventualStatus = async (
  status: number,
  ask: () => Promise<{ readonly status: number }>,
): Promise<number> => (await eventually(ask, (answer) => answer.status === status)).status;
