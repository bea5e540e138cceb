// Runs in the page before its own scripts: notes the frame after the first one that has a visible message in it.
requestAnimationFrame(function look() {
  const article = document.querySelector('[role="article"], article');
  if (article === null || article.getClientRects().length === 0) requestAnimationFrame(look);
  else requestAnimationFrame(() => performance.mark("message-painted"));
});
