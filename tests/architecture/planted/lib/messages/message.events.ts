export const MESSAGE = 1;
