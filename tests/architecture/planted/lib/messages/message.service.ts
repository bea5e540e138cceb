export const sendMessage = 1;
