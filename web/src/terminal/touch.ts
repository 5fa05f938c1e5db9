/** Whether a finger uses the page: a keyboard comes up with the focus then, and covers what one wants to see. */

export function isTouched(): boolean {
  return matchMedia("(pointer: coarse)").matches;
}
